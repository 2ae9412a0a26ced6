#include "tests/trust/made.h"

#include <array>
#include <fstream>
#include <map>
#include <stdexcept>

#include "core/base/random_stream.h"
#include "core/dataset/data_export.h"
#include "core/export/sheet_files.h"
#include "core/image/animation_writer.h"
#include "core/image/codec.h"
#include "core/studio/characters.h"
#include "core/studio/model_files.h"

namespace loom::trust {
namespace {

namespace fs = std::filesystem;

constexpr std::array<const char*, 4> kViews{"back", "left", "front", "right"};
constexpr int kBatchCharacters = 60;
constexpr int kVersions = 3;

int pictureNumber(int batch, int character, int view) {
  return (batch * kBatchCharacters + character) * 4 + view;
}

std::vector<SheetCharacter> cast(int version) {
  std::vector<SheetCharacter> characters;
  for (int i = 0; i < 6; ++i) {
    SheetCharacter character{"hero " + std::to_string(i), {}};
    for (int view = 0; view < 4; ++view) {
      character.views.emplace_back(kViews[static_cast<std::size_t>(view)],
                                   madeSprite(1'000'000 + version * 100 + i * 4 + view, 32));
    }
    characters.push_back(std::move(character));
  }
  return characters;
}

void writeSheets(int version, const fs::path& out, bool each) {
  SheetOptions options;
  options.layout = each ? SheetLayout::kGrid : SheetLayout::kPacked;
  options.each = each;
  options.scale = 1 + version;
  SheetSaving saving{.data = {}, .replace = true};
  for (const SheetDataKind& kind : sheetDataKinds()) {
    if (!each || !kind.palette) saving.data.push_back(kind.data);
  }
  JobMonitor monitor;
  saveSheets(layOutSheets(cast(version), options), out / "cast.png", saving, monitor);
}

void writeAnimation(int version, const fs::path& file) {
  AnimationWriter writer(file, {.scale = 2});
  for (int frame = 0; frame < 8 + version; ++frame) {
    writer.add(madeSprite(2'000'000 + version * 100 + frame, 48), 80);
  }
  writer.finish();
}

}  // namespace

Sprite madeSprite(int number, int side) {
  RandomStream random(static_cast<std::uint64_t>(number), 77);
  std::array<Rgba, 12> palette{};
  for (Rgba& colour : palette) {
    const std::uint32_t bits = random.next();
    colour = {static_cast<std::uint8_t>(bits), static_cast<std::uint8_t>(bits >> 8U),
              static_cast<std::uint8_t>(bits >> 16U), 255};
  }
  Sprite sprite(side, side);
  for (Rgba& pixel : sprite.pixels()) {
    const std::uint32_t choice = random.below(16);
    if (choice < palette.size()) pixel = palette[choice];
  }
  sprite.at(0, 0) = sprite.at(side - 1, side - 1) = palette[0];  // the same extent whatever the numbers were
  return sprite;
}

std::vector<BatchPicture> batchPictures(int batch) {
  std::vector<BatchPicture> pictures;
  for (int character = 0; character < kBatchCharacters; ++character) {
    for (int view = 0; view < 4; ++view) {
      pictures.push_back({"b" + std::to_string(batch) + "-hero" + std::to_string(character),
                          kViews[static_cast<std::size_t>(view)],
                          contentHash(madeSprite(pictureNumber(batch, character, view)))});
    }
  }
  return pictures;
}

fs::path batchFolder(const fs::path& sources, int batch) {
  const fs::path folder = sources / ("batch-" + std::to_string(batch));
  if (fs::exists(folder)) return folder;
  const fs::path aside = sources / ("making-" + std::to_string(batch));
  for (const char* view : kViews) fs::create_directories(aside / view);
  int number = pictureNumber(batch, 0, 0);
  for (const BatchPicture& picture : batchPictures(batch)) {
    const std::vector<std::byte> png = encodePng(madeSprite(number++));
    std::ofstream file(aside / picture.view / (picture.character + ".png"), std::ios::binary);
    file.write(reinterpret_cast<const char*>(png.data()), static_cast<std::streamsize>(png.size()));
  }
  fs::rename(aside, folder);
  return folder;
}

void addTrainingSprites(const Project& project) {
  Catalogue catalogue = project.catalogue();
  Catalogue::Transaction together(catalogue);
  for (int character = 0; character < 8; ++character) {
    for (int view = 0; view < 4; ++view) {
      catalogue.addSprite({.pixels = madeSprite(3'000'000 + character * 4 + view),
                           .character = "model" + std::to_string(character),
                           .view = kViews[static_cast<std::size_t>(view)],
                           .source = "made"});
    }
  }
  together.commit();
}

const std::vector<std::string>& exportKinds() {
  static const std::vector<std::string> kinds{"sheet", "sheets",     "gif",   "apng",
                                              "webp",  "characters", "model", "folders"};
  return kinds;
}

void writeExport(const std::string& kind, int version, const fs::path& out, const Project& training) {
  const int content = version % kVersions;
  fs::create_directories(out);
  JobMonitor monitor;
  if (kind == "sheet" || kind == "sheets") return writeSheets(content, out, kind == "sheets");
  if (kind == "gif" || kind == "apng" || kind == "webp") return writeAnimation(content, out / ("walk." + kind));
  if (kind == "characters") {
    saveCharacters(cast(content), out, false, monitor);
    return;
  }
  if (kind == "model") {
    return exportModel(training, training.catalogue().run(1), Weights::kNewest, out / "model.safetensors",
                       content == 0 ? Precision::kSingle : Precision::kHalf);
  }
  if (kind != "folders") throw std::runtime_error("no such export: " + kind);
  DataExportOptions options;
  options.channels = content + 2;
  options.force = true;
  exportFolders(training, out, options, monitor);
}

TrainingRequest madeTraining(int kind) {
  static constexpr std::array<const char*, kTrainingKinds> kPresets{"conditional-dcgan", "cvae", "autoencoder-gan"};
  TrainingRequest request;
  request.preset = kPresets[static_cast<std::size_t>(kind)];
  request.settings = {{"size", 16},        {"features", 4},        {"latent", 6},
                      {"batch", 5},        {"evaluate_every", 15}, {"preview_every", 20},
                      {"mirror", true},    {"shift", 2},           {"keep_checkpoints", 3},
                      {"measure_every", 0}};
  request.steps = kTrainingSteps;
  request.seed = 11 + static_cast<std::uint64_t>(kind);
  request.device = "cpu";
  request.precision = "fp32";
  return request;
}

}  // namespace loom::trust
