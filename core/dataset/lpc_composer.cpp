#include "core/dataset/lpc_composer.h"

#include <algorithm>
#include <utility>

#include "core/base/error.h"
#include "core/dataset/lpc_composer_rules.h"

namespace loom {
namespace {

const LpcPart& partAt(const LpcLibrary& library, int index) {
  return library.parts()[static_cast<std::size_t>(index)];
}

/// `source` over `target`, both with straight alpha (Porter and Duff 1984), rounded to the nearest.
void blendOver(Rgba& target, const Rgba& source) {
  if (source.a == 0) return;
  if (source.a == 255 || target.a == 0) {
    target = source;
    return;
  }
  const int front = 255 * source.a;
  const int rest = target.a * (255 - source.a);
  const int whole = front + rest;  // 255 times the new alpha
  const auto mixed = [&](int over, int under) {
    return static_cast<std::uint8_t>((front * over + rest * under + whole / 2) / whole);
  };
  target = {mixed(source.r, target.r), mixed(source.g, target.g), mixed(source.b, target.b),
            static_cast<std::uint8_t>((whole + 127) / 255)};
}

void drawOver(Sprite& target, const Sprite& source, int left, int top) {
  for (int y = 0; y < source.height(); ++y) {
    for (int x = 0; x < source.width(); ++x) blendOver(target.at(left + x, top + y), source.at(x, y));
  }
}

/// The chain hat with its rim: a shield has a layer cut out for it.
bool hasWideHat(const LpcLibrary& library, const LpcCharacter& character) {
  return character.has(LpcSlot::kHat) &&
         partAt(library, character.at(LpcSlot::kHat)).kind.find("chainhat") != std::string::npos;
}

bool isDrawn(const LpcDraw& draw, const std::string& skin, bool wideHat) {
  if (!draw.skin.empty() && draw.skin != skin) return false;
  return draw.when == LpcWhen::kAlways || (draw.when == LpcWhen::kUnderWideHat) == wideHat;
}

const LpcPart& bodyOf(const LpcLibrary& library, const LpcCharacter& character) {
  if (!character.has(LpcSlot::kBody)) throw Error("a character needs a body", "choose one first");
  return partAt(library, character.at(LpcSlot::kBody));
}

/// The same thing drawn for another body; kNothing where there is none.
int sameFor(const LpcLibrary& library, int index, const LpcPart& body) {
  const LpcPart& part = partAt(library, index);
  if (fitsBody(part, body)) return index;
  for (const int other : library.partsOf(part.slot)) {
    const LpcPart& candidate = partAt(library, other);
    if (candidate.kind == part.kind && candidate.variant == part.variant && fitsBody(candidate, body)) return other;
  }
  return LpcCharacter::kNothing;
}

/// Takes off what lacks something it needs until nothing does; adds it to `off`.
void dropUnmet(const LpcLibrary& library, LpcCharacter& character, std::vector<int>& off) {
  for (bool changed = true; changed;) {
    changed = false;
    for (int& worn : character.worn) {
      if (worn == LpcCharacter::kNothing || needsAreMet(library, character, partAt(library, worn))) continue;
      off.push_back(std::exchange(worn, LpcCharacter::kNothing));
      changed = true;
    }
  }
}

void changeBody(const LpcLibrary& library, LpcCharacter& character, std::vector<int>& off) {
  const LpcPart& body = bodyOf(library, character);
  for (int& worn : character.worn) {
    if (worn == LpcCharacter::kNothing) continue;
    const int other = sameFor(library, worn, body);
    if (other == LpcCharacter::kNothing) off.push_back(worn);
    worn = other;
  }
}

}  // namespace

std::vector<int> choices(const LpcLibrary& library, LpcSlot slot, const LpcCharacter& character) {
  std::vector<int> found;
  for (const int index : library.partsOf(slot)) {
    const LpcPart& part = partAt(library, index);
    if (slot != LpcSlot::kBody && !fitsBody(part, bodyOf(library, character))) continue;
    if (needsAreMet(library, character, part)) found.push_back(index);
  }
  return found;
}

std::vector<int> setPart(const LpcLibrary& library, LpcCharacter& character, LpcSlot slot, int part) {
  std::vector<int> off;
  if (part == LpcCharacter::kNothing) {
    if (slot == LpcSlot::kBody) throw Error("a character cannot be without a body");
    character.at(slot) = part;
  } else {
    const LpcPart& wanted = partAt(library, part);
    if (wanted.slot != slot)
      throw Error(wanted.name() + " does not go there", "it is for: " + lpcSlotName(wanted.slot));
    if (slot != LpcSlot::kBody && !fitsBody(wanted, bodyOf(library, character))) {
      throw Error(wanted.name() + " is not drawn for this body", "choose another body or part");
    }
    character.at(slot) = part;
    if (slot == LpcSlot::kBody) changeBody(library, character, off);
    for (int& worn : character.worn) {
      if (worn == LpcCharacter::kNothing || worn == part || !clash(library, worn, part)) continue;
      off.push_back(std::exchange(worn, LpcCharacter::kNothing));
    }
    // A new body may bring parts over whose shapes now clash among themselves.
    for (int& worn : character.worn) {
      if (worn == LpcCharacter::kNothing || worn == part || !clashesWithWorn(library, character, worn)) continue;
      off.push_back(std::exchange(worn, LpcCharacter::kNothing));
    }
  }
  dropUnmet(library, character, off);
  return off;
}

bool isSound(const LpcLibrary& library, const LpcCharacter& character) {
  if (!character.has(LpcSlot::kBody)) return false;
  const LpcPart& body = bodyOf(library, character);
  return std::ranges::all_of(character.worn, [&](int worn) {
    if (worn == LpcCharacter::kNothing) return true;
    const LpcPart& part = partAt(library, worn);
    return fitsBody(part, body) && needsAreMet(library, character, part) && !clashesWithWorn(library, character, worn);
  });
}

std::vector<int> drawnLayers(const LpcLibrary& library, const LpcCharacter& character) {
  const std::string& skin = bodyOf(library, character).skin;
  const bool wideHat = hasWideHat(library, character);
  std::vector<std::pair<int, int>> ordered;
  for (const int worn : character.worn) {
    if (worn == LpcCharacter::kNothing) continue;
    for (const LpcDraw& draw : partAt(library, worn).draws) {
      if (isDrawn(draw, skin, wideHat)) ordered.emplace_back(draw.order, draw.layer);
    }
  }
  std::ranges::stable_sort(ordered, {}, &std::pair<int, int>::first);
  std::vector<int> layers;
  layers.reserve(ordered.size());
  for (const auto& [order, layer] : ordered) layers.push_back(layer);
  return layers;
}

std::array<Sprite, 4> composeViews(const LpcLibrary& library, const LpcCharacter& character) {
  std::array<Sprite, 4> views;
  views.fill(Sprite(LpcLibrary::kCell, LpcLibrary::kCell));
  for (const int layer : drawnLayers(library, character)) {
    for (std::size_t view = 0; view < views.size(); ++view) {
      const LpcCell& cell = library.layers()[static_cast<std::size_t>(layer)].standing[view];
      drawOver(views[view], cell.pixels, cell.x, cell.y);
    }
  }
  return views;
}

Sprite composeSheet(const LpcLibrary& library, const LpcCharacter& character) {
  Sprite sheet(LpcLibrary::kSheetWidth, LpcLibrary::kSheetHeight);
  for (const int layer : drawnLayers(library, character)) drawOver(sheet, library.sheet(layer), 0, 0);
  return sheet;
}

}  // namespace loom
