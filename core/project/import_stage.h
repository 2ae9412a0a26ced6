// What an import has read already, in a file of its own beside the catalogue: an import that was cancelled or killed
// goes on there instead of reading every picture again, and a catalogue is written to only when all has been read.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/project/project.h"

namespace loom {

/// What a part of a picture (a cell, a frame) is called beside the picture's own name.
struct PartLabels {
  std::string suffix = {};     ///< makes characters of one picture differ; empty: the picture's character itself
  std::string view = {};       ///< empty: the picture's
  std::string animation = {};  ///< "walk"; empty for a still
  int frame = 0;
  int milliseconds = 0;
  std::string tags = {};
};

/// One sprite that came out of a picture.
struct PreparedSprite {
  PackedSprite pixels = {};
  PartLabels labels = {};
  std::optional<PackedSprite> original = {};  ///< as it was in the file, when `steps` did something to it
  Json steps = Json::array();
};

/// A sprite put aside, without its pixels.
struct StagedSprite {
  std::int64_t ticket = 0;
  int width = 0;
  int height = 0;
  std::uint64_t hash = 0;
  PartLabels labels = {};
};

/// Everything that came out of one picture. `about` is the importer's own.
struct StagedPicture {
  std::vector<StagedSprite> sprites = {};
  Json about = Json::object();
};

class ImportStage {
 public:
  /// Opens PROJECT/import.part, or makes it. One that is damaged is made anew; while another program imports into the
  /// same project, this one gets a file of another name. Throws Error when none can be written.
  explicit ImportStage(const Project& project);
  /// What is in it stays, unless clear() was called.
  ~ImportStage();
  ImportStage(const ImportStage&) = delete;
  ImportStage& operator=(const ImportStage&) = delete;

  /// What an earlier import left under this key: the hash of a picture's bytes and of what is done to them.
  std::optional<StagedPicture> find(std::uint64_t key);
  StagedPicture put(std::uint64_t key, const std::vector<PreparedSprite>& sprites, const Json& about);
  /// The pixels and steps of a ticket.
  PreparedSprite take(std::int64_t ticket);
  /// Deletes the file: all of it has arrived in the catalogue.
  void clear();

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace loom
