// What one character of the starter set is: every choice that is made before a pixel is drawn.
#pragma once

#include <cstdint>
#include <string>

#include "core/dataset/starter_palette.h"

namespace loom::starter {

/// Measures of a body in pixels, all of them for a figure that stands upright; widths are halves where they are halves.
struct Figure {
  std::string_view name;
  int drop;      ///< how much lower than a grown-up's the head and the trunk lie
  int shoulder;  ///< half
  int chest;     ///< half
  int waist;     ///< half
  int hip;       ///< half
  int arm;
  int leg;
  int depth;  ///< of the trunk, from the side
  bool feminine;
};

enum class Ears { kRound, kPointed, kBig };
enum class Eyes { kPlain, kLashes, kTall, kStern, kSleepy, kGlowing };
enum class Brows { kFlat, kRaised, kAngry, kNone };
enum class Mouth { kLine, kSmile, kOpen, kFrown, kTusks };
enum class Beard { kNone, kStubble, kMoustache, kGoatee, kFull, kLong };
enum class Hair {
  kBald,
  kShort,
  kParted,
  kSwept,
  kSpiky,
  kMohawk,
  kBob,
  kLong,
  kWavy,
  kPonytail,
  kBraids,
  kBun,
  kCurly,
  kTopknot
};
enum class Top { kBare, kTunic, kShirt, kDress, kRobe, kPlate, kLeather, kVest, kBlouse };
enum class Bottom { kTrousers, kShorts, kSkirt, kGreaves };
enum class Sleeves { kNone, kShort, kLong };
enum class Shoes { kBare, kShoes, kBoots, kSabatons };
enum class Headgear {
  kNone,
  kHeadband,
  kCrown,
  kTiara,
  kHood,
  kHelmet,
  kHorned,
  kGreatHelm,
  kWizardHat,
  kStrawHat,
  kFeatherCap,
  kBandana,
  kFlower
};
enum class Held { kNone, kSword, kStaff, kSpear, kAxe, kMace, kDagger, kWand };
enum class OffHand { kNone, kRoundShield, kKiteShield, kBook, kLantern };

struct Design {
  Figure figure{};
  Ears ears{};
  Eyes eyes{};
  Brows brows{};
  Mouth mouth{};
  Beard beard{};
  Hair hair{};
  bool blush = false;
  bool earring = false;
  Top top{};
  Bottom bottom{};
  Sleeves sleeves{};
  Shoes shoes{};
  Headgear headgear{};
  Held held{};
  OffHand offHand{};
  bool gloves = false;
  bool belt = false;
  bool cape = false;
  bool bow = false;
  bool scarf = false;
  bool tights = false;  ///< legs in the second cloth under a dress or a skirt
  int pattern = 0;      ///< 0..3: which trim a garment has
  int emblem = 0;       ///< 0..3: what a shield shows
  RampId trim = RampId::kSecondary;
  Palette palette;
  std::string tags;
};

/// The same for the same seed and number everywhere. Numbers below 2^27 differ in the first cloth's colours at least.
Design designCharacter(std::uint64_t seed, std::uint64_t number);

}  // namespace loom::starter
