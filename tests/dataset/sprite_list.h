// Sprites in memory for tests of the curation, and the artists' archives where they are at hand.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/dataset/importer.h"
#include "core/dataset/pixel_source.h"
#include "core/dataset/starter.h"
#include "core/image/edit.h"
#include "tests/base/temp_folder.h"

namespace loom {

/// What the curation works on. Ids are 1, 2, …
class SpriteList {
 public:
  SpriteId add(const Sprite& pixels, const std::string& character, const std::string& view) {
    SpriteInfo info{.id = static_cast<SpriteId>(m_infos.size()) + 1, .character = character, .view = view};
    info.width = pixels.width();
    info.height = pixels.height();
    info.colours = countColours(pixels);
    m_infos.push_back(info);
    m_sprites.push_back(pixels);
    return info.id;
  }
  void addStarter(int characters, std::uint64_t seed = 1) {
    for (int number = 0; number < characters; ++number) {
      const StarterCharacter drawn = starterCharacter(seed, static_cast<std::uint64_t>(number));
      const std::string name = "starter-" + std::to_string(seed) + "-" + std::to_string(number);
      for (std::size_t view = 0; view < 4; ++view) add(drawn.views[view], name, kViews[view]);
    }
  }
  /// Everything an archive of shared/data holds; false, and nothing added, where it is not here.
  bool addArchive(const std::string& name, std::size_t most = 1'000'000) {
    const auto file = std::filesystem::path(SPRITELOOM_SOURCE_DIR) / "../shared/data" / name;
    if (!std::filesystem::exists(file)) return false;
    const TempFolder folder;
    const Project project = Project::create(folder / "set.loom");
    JobMonitor monitor;
    importSprites(project, {file}, monitor);
    const Catalogue catalogue = project.catalogue();
    for (const SpriteInfo& info : catalogue.sprites()) {
      if (m_infos.size() == most) break;
      add(catalogue.pixels(info.id), info.character, info.view);
    }
    return true;
  }

  std::vector<SpriteInfo>& infos() { return m_infos; }
  const std::vector<SpriteInfo>& infos() const { return m_infos; }
  std::vector<Sprite>& sprites() { return m_sprites; }
  const SpriteInfo& info(SpriteId id) const { return m_infos[static_cast<std::size_t>(id - 1)]; }
  const Sprite& pixels(SpriteId id) const { return m_sprites[static_cast<std::size_t>(id - 1)]; }
  PixelSource source() const {
    return [this](SpriteId id) { return pixels(id); };
  }

  static constexpr const char* kViews[] = {"back", "left", "front", "right"};

 private:
  std::vector<SpriteInfo> m_infos;
  std::vector<Sprite> m_sprites;
};

}  // namespace loom
