// A small set of LPC layers drawn by the tests themselves: every part is a rectangle of one colour in each standing
// cell.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/dataset/lpc_layers.h"
#include "core/image/codec.h"
#include "tests/dataset/made_files.h"

namespace loom {

/// Part of a 64x64 cell, and the colour it is filled with.
struct MadeLayer {
  std::string path;
  int x, y, width, height;
  Rgba colour;
  std::vector<int> views = {0, 1, 2, 3};  ///< of back, left, front, right
};

inline std::string layerBytes(const MadeLayer& layer) {
  Sprite sheet(LpcLibrary::kSheetWidth, LpcLibrary::kSheetHeight);
  for (const int view : layer.views) {
    for (int y = 0; y < layer.height; ++y) {
      for (int x = 0; x < layer.width; ++x) {
        sheet.at(layer.x + x, LpcLibrary::kStandingTop + 64 * view + layer.y + y) = layer.colour;
      }
    }
  }
  sheet.at(100, 10) = layer.colour;  // something in another animation, too
  const std::vector<std::byte> bytes = encodePng(sheet);
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

inline constexpr Rgba kSkin{200, 150, 120, 255};
inline constexpr Rgba kBone{230, 230, 220, 255};

/// The head is at rows 10 to 25, the trunk at 26 to 45, the legs below; columns 20 to 43.
inline std::vector<MadeLayer> madeLayers() {
  std::vector<MadeLayer> layers = {
      {"body/male/skeleton.png", 20, 10, 24, 50, kBone},
      {"torso/chain/mail_male.png", 20, 26, 24, 20, {90, 90, 90, 255}},
      {"torso/plate/chest_male.png", 22, 26, 20, 14, {150, 150, 160, 255}},
      {"torso/plate/chest_female.png", 22, 26, 20, 14, {150, 150, 160, 255}},
      {"torso/chain/tabard/jacket_male.png", 21, 26, 22, 18, {80, 60, 160, 255}},
      {"torso/dress_female/underdress.png", 18, 26, 28, 30, {240, 240, 250, 255}},
      {"torso/dress_female/overskirt.png", 18, 44, 28, 12, {120, 160, 240, 255}},
      {"torso/back/cape/normal/female/cape_red.png", 20, 26, 24, 4, {180, 0, 0, 255}},
      {"behind_body/cape/normal/female/cape_red.png", 12, 26, 40, 30, {120, 0, 0, 255}},
      {"behind_body/equipment/quiver.png", 14, 20, 36, 10, {90, 50, 10, 255}},
      {"accessories/neck/capeclip/female/capeclip_red.png", 30, 27, 4, 3, {250, 220, 0, 255}, {1, 2, 3}},
      {"head/hoods/male/cloth_hood_male.png", 18, 8, 28, 20, {110, 80, 50, 255}},
      {"head/helms/male/metal_helm_male.png", 18, 8, 28, 14, {170, 170, 180, 255}},
      {"weapons/right hand/either/bow.png", 0, 0, 0, 0, {90, 60, 30, 255}},
      {"weapons/right hand/either/bow_skeleton.png", 0, 0, 0, 0, {91, 60, 30, 255}},
      {"weapons/left hand/either/arrow.png", 0, 0, 0, 0, {92, 60, 30, 255}},
      {"weapons/right hand/male/dagger_male.png", 8, 40, 10, 2, {220, 220, 230, 255}},
      {"weapons/left hand/male/shield_male_cutoutforbody.png", 44, 34, 14, 14, {100, 70, 30, 255}},
      {"facial/male/beard/black.png", 24, 22, 16, 6, {20, 20, 20, 255}, {1, 2, 3}},
      {"body/male/ears/bigears_light.png", 14, 14, 36, 4, {210, 160, 130, 255}},
      {"body/male/ears/bigears_dark.png", 14, 14, 36, 4, {90, 60, 40, 255}},
      {"hair/male/short.png", 20, 8, 24, 8, {128, 128, 128, 255}},
  };
  for (const std::string sex : {"male", "female"}) {
    layers.push_back({"body/" + sex + "/light.png", 20, 10, 24, 50, kSkin});
    layers.push_back({"body/" + sex + "/dark.png", 20, 10, 24, 50, {90, 60, 40, 255}});
    layers.push_back({"legs/pants/" + sex + "/teal_pants_" + sex + ".png", 20, 46, 24, 10, {0, 128, 128, 255}});
    layers.push_back({"legs/pants/" + sex + "/red_pants_" + sex + ".png", 20, 46, 24, 10, {200, 20, 20, 255}});
    layers.push_back({"feet/shoes/" + sex + "/brown_shoes_" + sex + ".png", 20, 55, 24, 5, {100, 60, 20, 255}});
    layers.push_back(
        {"torso/shirts/longsleeve/" + sex + "/white_longsleeve.png", 18, 26, 28, 20, {250, 250, 250, 255}});
    layers.push_back({"torso/shirts/longsleeve/" + sex + "/maroon_longsleeve.png", 18, 26, 28, 20, {100, 0, 20, 255}});
    layers.push_back({"belt/leather/" + sex + "/leather_" + sex + ".png", 20, 44, 24, 2, {60, 30, 10, 255}});
    int shade = 0;
    for (const std::string colour : {"black", "blonde", "redhead"}) {
      const auto tone = static_cast<std::uint8_t>(60 * ++shade);
      layers.push_back({"hair/" + sex + "/short/" + colour + ".png", 20, 8, 24, 8, {tone, 40, 10, 255}});
      layers.push_back({"hair/" + sex + "/afro/" + colour + ".png", 12, 2, 40, 24, {tone, 41, 10, 255}});
    }
  }
  return layers;
}

inline const std::string kMadeAuthors =
    "Art for the LPC, as named by layer.\n\n"
    "Ann Archer\n----------\nbow\narrow\nquiver\nThe following base animations:\n\tThrust (male)\n\tWalkcycle (male "
    "and "
    "female)\n\n"
    "Bob Baker (AKA bb)\n------------------\nshort\nafro (based on short)\nMost of the female assets\n\n"
    "Cy Cook\n-------\nbrown shoes (f)\nred, teal pants\nhairstyle recolor script\n";

/// Path and bytes of each; encoded once.
inline const std::vector<std::pair<std::string, std::string>>& madeLayerFiles() {
  static const std::vector<std::pair<std::string, std::string>> files = [] {
    std::vector<std::pair<std::string, std::string>> encoded;
    for (const MadeLayer& layer : madeLayers()) encoded.emplace_back(layer.path, layerBytes(layer));
    return encoded;
  }();
  return files;
}

/// Writes the layers and their credits into `folder`/lpc.
inline std::filesystem::path putMadeLayers(const std::filesystem::path& folder) {
  for (const auto& [path, bytes] : madeLayerFiles()) putFile(folder / "lpc" / path, bytes);
  putFile(folder / "lpc/AUTHORS.txt", kMadeAuthors);
  putFile(folder / "lpc/README.md", "All art is dual licensed under GNU GPL 3.0 and CC-BY-SA 3.0.\n");
  return folder / "lpc";
}

}  // namespace loom
