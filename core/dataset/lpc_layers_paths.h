// What the path of an LPC layer says about it: what part of a character it draws, for which bodies, and how far in
// front.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace loom {

/// Where on a character a part goes; one part a slot. In the order in which a dialog lists them.
enum class LpcSlot {
  kBody,
  kHead,  ///< only where bodies come without one
  kEars,
  kNose,
  kEyes,
  kHair,
  kHairTie,
  kBeard,
  kFace,  ///< glasses, patches, masks
  kHat,   ///< also helmets, hoods and tiaras
  kShirt,
  kDress,
  kMail,
  kJacket,  ///< also vests, robes and tabards
  kArmour,  ///< on the chest
  kArms,    ///< also shoulders
  kHands,   ///< gloves, bracers
  kBracelet,
  kLegs,
  kFeet,
  kBelt,
  kBuckle,
  kNeck,  ///< necklaces, ties
  kCape,  ///< also wings and tails
  kClasp,
  kQuiver,
  kShield,
  kWeapon,
  kAmmunition,
};
inline constexpr int kLpcSlots = static_cast<int>(LpcSlot::kAmmunition) + 1;

/// "body", "hair tie", …
std::string lpcSlotName(LpcSlot slot);

/// Kinds of bodies; a part has a bit for each it is drawn for.
namespace lpc_bodies {
inline constexpr unsigned kMale = 1;
inline constexpr unsigned kFemale = 2;
inline constexpr unsigned kTeen = 4;
inline constexpr unsigned kChild = 8;
inline constexpr unsigned kMuscular = 16;
inline constexpr unsigned kPregnant = 32;
inline constexpr unsigned kAdults = kMale | kFemale | kTeen | kMuscular | kPregnant;
}  // namespace lpc_bodies

/// When a layer of a chosen part is drawn.
enum class LpcWhen { kAlways, kUnderWideHat, kWithoutWideHat };

struct LpcPathMeaning {
  LpcSlot slot = LpcSlot::kBody;
  std::string kind = {};     ///< "longsleeve", "tabard jacket", "ponytail2"
  std::string variant = {};  ///< colour and material: "maroon", "metal", "dark brown"; empty: there is but one
  unsigned bodies = lpc_bodies::kAdults;
  std::string skin = {};  ///< of the body it is, or of the only body it is drawn for: "dark2", "skeleton"
  int order = 0;          ///< the smaller is drawn first
  bool behind = false;    ///< what is seen of a part behind the body
  bool twoHanded = false;
  bool shadow = false;  ///< skin between strands of hair: belongs to the hair of its kind
  LpcWhen when = LpcWhen::kAlways;
};

/// The folders of a path, from the outermost known to the generators ("body", "hair", "weapons", …) on; empty when
/// there is none.
std::vector<std::string> lpcFolders(const std::string& path);

/// Reads a path as the Universal LPC sheets and their generators lay them out (both that of makrohn and Gaurav0 with
/// body/, torso/, behind_body/ … and the later universal sheets with arms/, cape/, shield/ … and fg, bg). Drawing
/// order: the zPos of the Universal LPC Spritesheet Character Generator, scripts/zPositioning/z_positions.csv; the
/// shield of the older sheets, which is cut out for what it hides, goes in front of the hat as in that older generator.
/// `skins` are the names of the library's bodies (empty while those are looked for). Nothing for a path that means no
/// part, or one in cells larger than 64 pixels.
std::optional<LpcPathMeaning> meaningOfLpcPath(const std::string& path, const std::set<std::string>& skins);

/// Lower-case words: "Dark Brown-2" -> dark, brown, 2.
std::vector<std::string> lpcWords(const std::string& text);
/// A colour's name as LPC files have them: "maroon", "blonde2", "whiteblue".
bool isLpcColour(const std::string& word);
/// "metal", "leather", …
bool isLpcMaterial(const std::string& word);

}  // namespace loom
