// A folder of full LPC sheets with their credits, written as a whole or not at all. Private to importComposed.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/dataset/lpc_composer.h"

namespace loom {

class LpcSheetFolder {
 public:
  /// Throws Error when a file for one of `numbers` is there already, unless `replace`.
  LpcSheetFolder(const std::filesystem::path& folder, const std::vector<std::uint64_t>& numbers, bool replace);
  LpcSheetFolder(const LpcSheetFolder&) = delete;
  LpcSheetFolder& operator=(const LpcSheetFolder&) = delete;
  /// Without finish() nothing stays, and the folder itself only if it was there.
  ~LpcSheetFolder();

  /// Draws and keeps one character's sheet aside; from any thread for different numbers.
  void write(const LpcLibrary& library, const LpcCharacter& character, std::uint64_t number) const;
  /// Puts all into the folder, CREDITS.txt last.
  void finish(const LpcLibrary& library, const std::vector<std::pair<std::uint64_t, LpcCharacter>>& characters);

 private:
  std::filesystem::path m_folder;
  std::filesystem::path m_aside;
  bool m_made = false;  ///< the folder, by this
  bool m_finished = false;
};

/// Who drew each layer of each sheet, as text for people.
std::string creditsText(const LpcLibrary& library,
                        const std::vector<std::pair<std::uint64_t, LpcCharacter>>& characters);

}  // namespace loom
