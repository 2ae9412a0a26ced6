#include "core/studio/turnaround_draft.h"

#include <QByteArray>
#include <algorithm>

#include "core/base/error.h"
#include "core/image/codec.h"

namespace loom {
namespace {

Json spriteToJson(const Sprite& sprite) {
  const std::vector<std::byte> bytes = encodePng(sprite);
  const auto* data = reinterpret_cast<const char*>(bytes.data());
  return QByteArray::fromRawData(data, static_cast<qsizetype>(bytes.size())).toBase64().toStdString();
}

Sprite spriteFromJson(const Json& json) {
  const QByteArray bytes = QByteArray::fromBase64(QByteArray::fromStdString(json.get<std::string>()));
  const std::span<const char> all(bytes.constData(), static_cast<std::size_t>(bytes.size()));
  return decodeImage(std::as_bytes(all), "a view");
}

TurnaroundDraft read(const Json& json) {
  TurnaroundDraft draft;
  draft.name = json.at("name").get<std::string>();
  draft.likeliest = json.at("likeliest").get<bool>();
  draft.origins = json.at("origins").get<std::vector<SpriteId>>();
  for (const auto& [view, given] : json.at("given").items()) {
    draft.give(view, spriteFromJson(given.at("png")), given.at("accepted").get<bool>());
  }
  for (const auto& [view, pixels] : json.at("decided").items()) {
    PixelLayer layer = pixelLayerFrom(pixels);
    if (!draft.isGiven(view) && !layer.empty()) draft.decided.emplace(view, std::move(layer));
  }
  return draft;
}

}  // namespace

void TurnaroundDraft::give(const std::string& view, Sprite sprite, bool accepted) {
  given.insert_or_assign(view, GivenView{std::move(sprite), accepted});
  decided.erase(view);
}

void TurnaroundDraft::release(const std::string& view) {
  given.erase(view);
  decided.erase(view);
}

void TurnaroundDraft::paint(const std::string& view, std::span<const PixelPlace> places, Rgba colour) {
  const auto found = given.find(view);
  for (const PixelPlace& at : places) {
    if (found == given.end()) {
      decided[view].insert_or_assign({at.y, at.x}, colour);
    } else if (found->second.sprite.contains(at.x, at.y)) {
      found->second.sprite.at(at.x, at.y) = colour;
    }
  }
}

void TurnaroundDraft::recolour(const ColourChange& change) {
  for (auto& [view, one] : given) std::ranges::replace(one.sprite.pixels(), change.from, change.to);
  for (auto& [view, pixels] : decided) {
    for (auto& [place, colour] : pixels) {
      if (colour == change.from) colour = change.to;
    }
  }
}

std::vector<std::optional<Sprite>> TurnaroundDraft::seen(std::span<const std::string> views) const {
  std::vector<std::optional<Sprite>> sprites(views.size());
  for (std::size_t i = 0; i < views.size(); ++i) {
    const auto found = given.find(views[i]);
    if (found != given.end()) sprites[i] = found->second.sprite;
  }
  return sprites;
}

TurnaroundOptions TurnaroundDraft::options(std::span<const std::string> views, int width, int height) const {
  TurnaroundOptions options{.likeliest = likeliest, .set = {}};
  for (std::size_t i = 0; i < views.size(); ++i) {
    const auto found = decided.find(views[i]);
    if (found == decided.end()) continue;
    for (const auto& [place, colour] : found->second) {
      const auto& [y, x] = place;
      if (x < width && y < height) options.set.push_back({static_cast<int>(i), x, y, colour});
    }
  }
  return options;
}

std::vector<std::pair<Rgba, int>> TurnaroundDraft::colours() const {
  std::map<std::uint32_t, int> counts;
  const auto count = [&counts](const Rgba& colour) {
    if (colour.a > 0) ++counts[std::uint32_t{colour.r} << 24 | colour.g << 16 | colour.b << 8 | colour.a];
  };
  for (const auto& [view, one] : given) std::ranges::for_each(one.sprite.pixels(), count);
  for (const auto& [view, pixels] : decided) {
    for (const auto& [place, colour] : pixels) count(colour);
  }
  std::vector<std::pair<Rgba, int>> colours;
  for (const auto& [value, pixels] : counts) {
    const auto part = [value = value](int shift) { return static_cast<std::uint8_t>(value >> shift & 0xff); };
    colours.emplace_back(Rgba{part(24), part(16), part(8), part(0)}, pixels);
  }
  std::ranges::stable_sort(colours, std::ranges::greater(), &std::pair<Rgba, int>::second);
  return colours;
}

Json toJson(const TurnaroundDraft& draft) {
  Json json{{"name", draft.name},
            {"likeliest", draft.likeliest},
            {"origins", draft.origins},
            {"given", Json::object()},
            {"decided", Json::object()}};
  for (const auto& [view, given] : draft.given) {
    json["given"][view] = {{"png", spriteToJson(given.sprite)}, {"accepted", given.accepted}};
  }
  for (const auto& [view, pixels] : draft.decided) json["decided"][view] = toJson(pixels);
  return json;
}

TurnaroundDraft draftFromJson(const Json& json) {
  try {
    return read(json);
  } catch (const Json::exception&) {
    throw Error("the turnaround that was kept with the project is damaged");
  }
}

}  // namespace loom
