// Characters put together from LPC layers: what fits what, a random one by seed, and their pictures.
#pragma once

#include <array>
#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "core/dataset/lpc_layers.h"

namespace loom {

/// What somebody wears: one part a slot, as indices into LpcLibrary::parts().
struct LpcCharacter {
  static constexpr int kNothing = -1;

  std::array<int, kLpcSlots> worn;
  LpcCharacter() { worn.fill(kNothing); }
  int at(LpcSlot slot) const { return worn[static_cast<std::size_t>(slot)]; }
  int& at(LpcSlot slot) { return worn[static_cast<std::size_t>(slot)]; }
  bool has(LpcSlot slot) const { return at(slot) != kNothing; }
  friend bool operator==(const LpcCharacter&, const LpcCharacter&) = default;
};

/// What a random character may be.
struct LpcOptions {
  unsigned bodies = ~0U;                ///< bits of lpc_bodies
  std::vector<std::string> skins = {};  ///< "light", "orc", …; empty: any
  std::set<LpcSlot> without = {};       ///< slots that stay empty
};

/// Somebody dressed at random. The same library, seed, number and options give the same on every machine. Parts that
/// are not seen while standing (bows, wands) are rare. Throws Error when the options leave no body.
LpcCharacter randomCharacter(const LpcLibrary& library, std::uint64_t seed, std::uint64_t number,
                             const LpcOptions& options = {});

/// What can be put into a slot now: drawn for this body, and all it needs (a clasp a cape) is there. What it would
/// push off something else is among them.
std::vector<int> choices(const LpcLibrary& library, LpcSlot slot, const LpcCharacter& character);

/// Puts a part (or kNothing) into a slot and returns what had to come off for it, the part it replaces not counted.
/// After a change of body everything goes over to the same thing drawn for that body where there is one. Throws Error
/// when the part belongs into another slot or is not drawn for the body, and for no body.
std::vector<int> setPart(const LpcLibrary& library, LpcCharacter& character, LpcSlot slot, int part);

/// True when nothing worn clashes, all fits the body, and all that something needs is there.
bool isSound(const LpcLibrary& library, const LpcCharacter& character);

/// Layers in the order in which they are drawn.
std::vector<int> drawnLayers(const LpcLibrary& library, const LpcCharacter& character);
/// Back, left, front, right; 64x64. More than a thousand characters a second.
std::array<Sprite, 4> composeViews(const LpcLibrary& library, const LpcCharacter& character);
/// The whole sheet, 832x1344. Parts that some animations lack ("no_th-sh": no thrust, no shoot) are lacking there.
/// About a tenth of a second. Throws Error when a layer cannot be read any more.
Sprite composeSheet(const LpcLibrary& library, const LpcCharacter& character);

/// "female dark2-skin long-hair raven-hair maroon-tunic tunic …": what is seen standing.
std::string tagsOf(const LpcLibrary& library, const LpcCharacter& character);
/// "lpc-layers.zip: body/female/light, hair/female/long/raven, …"
std::string sourceOf(const LpcLibrary& library, const LpcCharacter& character);
/// Everyone who had a hand in a layer of it.
LpcCredit creditOf(const LpcLibrary& library, const LpcCharacter& character);

}  // namespace loom
