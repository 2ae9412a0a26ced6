#include "core/dataset/lpc_layers.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/parallel.h"
#include "core/dataset/lpc_layers_parts.h"
#include "core/dataset/lpc_layers_png.h"
#include "core/dataset/lpc_layers_source.h"
#include "core/image/codec.h"

namespace loom {
namespace {

/// What is left of `pictures` when those that cannot be used have gone to `skipped`.
struct ReadLayers {
  std::vector<LpcLayer> layers;
  std::vector<LpcSource::Picture> pictures;
};

ReadLayers readLayers(LpcSource& source, JobMonitor& monitor) {
  std::vector<LpcSource::Picture> found = source.pictures();
  if (found.size() > static_cast<std::size_t>(limits::kMaxLpcLayers)) {
    source.skipped().push_back(
        {found[limits::kMaxLpcLayers].file,
         "this and all behind it: no more layers are read than " + std::to_string(limits::kMaxLpcLayers)});
    found.resize(limits::kMaxLpcLayers);
  }
  std::vector<std::optional<LpcLayer>> read(found.size());
  std::vector<std::string> reasons(found.size());
  monitor.begin("Reading layers", static_cast<std::int64_t>(found.size()));
  const auto readOne = [&](std::size_t i) {
    try {
      read[i] = LpcLayer{found[i].path, readStandingCells(source.bytes(found[i]))};
    } catch (const Error& failure) {
      reasons[i] = failure.what();
    }
  };
  parallelFor(
      found.size(), 4,
      [&](std::size_t first, std::size_t last) {
        for (std::size_t i = first; i < last; ++i) readOne(i);
      },
      monitor);
  ReadLayers kept;
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (read[i]) {
      kept.layers.push_back(std::move(*read[i]));
      kept.pictures.push_back(std::move(found[i]));
    } else {
      source.skipped().push_back({found[i].file, reasons[i]});
    }
  }
  return kept;
}

}  // namespace

bool LpcLayer::seenStanding() const {
  return std::ranges::any_of(standing, [](const LpcCell& cell) { return !cell.pixels.empty(); });
}

std::string LpcPart::name() const {
  if (slot == LpcSlot::kBody) return skin;
  const std::string look = variant.empty() ? skin : variant;
  return look.empty() ? kind : look + " " + kind;
}

struct LpcLibrary::Data {
  LpcSource source;
  std::vector<LpcSource::Picture> pictures;  ///< of the layers
  std::vector<LpcLayer> layers;
  std::vector<LpcCredit> credits;  ///< of the layers
  std::vector<LpcPart> parts;
  std::array<std::vector<int>, kLpcSlots> bySlot;
  std::vector<std::vector<bool>> clipping;  ///< by part (empty but for hats) and shape
};

LpcLibrary::LpcLibrary(std::unique_ptr<Data> data) : m_data(std::move(data)) {}
LpcLibrary::~LpcLibrary() = default;
LpcLibrary::LpcLibrary(LpcLibrary&&) noexcept = default;
LpcLibrary& LpcLibrary::operator=(LpcLibrary&&) noexcept = default;

LpcLibrary LpcLibrary::open(const std::filesystem::path& source, JobMonitor& monitor) {
  auto data = std::make_unique<Data>(Data{LpcSource(source, monitor), {}, {}, {}, {}, {}, {}});
  ReadLayers read = readLayers(data->source, monitor);
  data->pictures = std::move(read.pictures);
  data->layers = std::move(read.layers);
  LpcParts sorted = partsOfLayers(data->layers);
  for (const auto& [layer, reason] : sorted.leftOut) {
    data->source.skipped().push_back({data->pictures[static_cast<std::size_t>(layer)].file, reason});
  }
  data->parts = std::move(sorted.parts);
  for (std::size_t i = 0; i < data->parts.size(); ++i) {
    data->bySlot[static_cast<std::size_t>(data->parts[i].slot)].push_back(static_cast<int>(i));
  }
  if (data->bySlot[static_cast<std::size_t>(LpcSlot::kBody)].empty()) {
    throw Error(source.string() + " has no LPC body to dress",
                "choose a folder or ZIP laid out like the Universal LPC sheets: body/male/light.png, hair/…, torso/…, "
                "each 832x1344 pixels",
                source);
  }
  data->clipping = clippingHats(data->layers, data->parts);
  const LpcCredits credits(data->source.authors(), data->source.licence(), data->source.creditsCsv());
  for (const LpcLayer& layer : data->layers) data->credits.push_back(credits.of(layer.path));
  return LpcLibrary(std::move(data));
}

const std::string& LpcLibrary::name() const {
  return m_data->source.name();
}
std::span<const LpcLayer> LpcLibrary::layers() const {
  return m_data->layers;
}
std::span<const LpcPart> LpcLibrary::parts() const {
  return m_data->parts;
}
const std::vector<SkippedFile>& LpcLibrary::skipped() const {
  return m_data->source.skipped();
}

std::span<const int> LpcLibrary::partsOf(LpcSlot slot) const {
  return m_data->bySlot[static_cast<std::size_t>(slot)];
}

const LpcCredit& LpcLibrary::credit(int layer) const {
  return m_data->credits[static_cast<std::size_t>(layer)];
}

bool LpcLibrary::clips(int hat, int part) const {
  const std::vector<bool>& shapes = m_data->clipping[static_cast<std::size_t>(hat)];
  const auto shape = static_cast<std::size_t>(m_data->parts[static_cast<std::size_t>(part)].shape);
  return shape < shapes.size() && shapes[shape];
}

Sprite LpcLibrary::sheet(int layer) const {
  const LpcSource::Picture& picture = m_data->pictures[static_cast<std::size_t>(layer)];
  Sprite sheet = decodeImage(m_data->source.bytes(picture), picture.file);
  if (sheet.width() != kSheetWidth || sheet.height() != kSheetHeight) {
    throw Error(picture.file + " has changed: it no longer has 832x1344 pixels", "open the layers anew", picture.file);
  }
  return sheet;
}

}  // namespace loom
