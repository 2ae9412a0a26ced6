#include "core/dataset/starter_design.h"

#include <iterator>

#include "core/dataset/starter_choice.h"

namespace loom::starter {
namespace {

constexpr Figure kFigures[] = {
    {"slim", 0, 6, 6, 5, 6, 3, 5, 9, true},    {"curvy", 0, 6, 6, 5, 7, 4, 5, 10, true},
    {"lean", 0, 6, 6, 6, 6, 4, 5, 9, false},   {"athletic", 0, 7, 7, 6, 6, 4, 5, 10, false},
    {"broad", 0, 8, 8, 7, 7, 4, 6, 11, false}, {"stout", 2, 8, 8, 8, 8, 4, 6, 12, false},
    {"small", 5, 5, 5, 5, 5, 3, 4, 9, true},   {"young", 5, 5, 5, 5, 5, 3, 4, 9, false},
    {"dwarf", 5, 8, 8, 8, 7, 4, 6, 12, false},
};

constexpr std::string_view kCallings[] = {"warrior",  "knight", "mage",   "ranger",   "rogue",
                                          "villager", "noble",  "cleric", "barbarian"};

void chooseBody(Chooser& choose, Design& design, Calling calling) {
  int kind = choose.below(std::size(kFigures));
  if (calling == Calling::kBarbarian && choose.percent(60)) kind = choose.of({3, 4, 5});
  if (calling == Calling::kKnight && choose.percent(50)) kind = choose.of({3, 4, 1});
  design.figure = kFigures[kind];
  const bool feminine = design.figure.feminine;
  design.ears = choose.percent(16) ? Ears::kPointed : (choose.percent(12) ? Ears::kBig : Ears::kRound);
  design.eyes = feminine ? choose.of({Eyes::kLashes, Eyes::kLashes, Eyes::kTall, Eyes::kPlain, Eyes::kSleepy})
                         : choose.of({Eyes::kPlain, Eyes::kPlain, Eyes::kTall, Eyes::kStern, Eyes::kSleepy});
  design.brows = feminine ? choose.of({Brows::kFlat, Brows::kRaised, Brows::kNone})
                          : choose.of({Brows::kFlat, Brows::kRaised, Brows::kAngry, Brows::kFlat});
  design.mouth = choose.of({Mouth::kLine, Mouth::kLine, Mouth::kSmile, Mouth::kSmile, Mouth::kOpen, Mouth::kFrown});
  design.blush = feminine ? choose.percent(60) : choose.percent(15);
  design.earring = choose.percent(14);
  const bool young = design.figure.name == "young" || design.figure.name == "small";
  if (!feminine && !young && choose.percent(46)) {
    design.beard = choose.of({Beard::kStubble, Beard::kMoustache, Beard::kGoatee, Beard::kFull, Beard::kLong});
  }
  if (design.figure.name == "dwarf" && choose.percent(70)) design.beard = choose.of({Beard::kFull, Beard::kLong});
}

void chooseHair(Chooser& choose, Design& design) {
  if (design.figure.feminine) {
    design.hair = choose.of({Hair::kBob, Hair::kLong, Hair::kLong, Hair::kWavy, Hair::kPonytail, Hair::kBraids,
                             Hair::kBun, Hair::kCurly, Hair::kShort, Hair::kParted, Hair::kSwept});
  } else {
    design.hair = choose.of({Hair::kShort, Hair::kShort, Hair::kParted, Hair::kSwept, Hair::kSpiky, Hair::kMohawk,
                             Hair::kLong, Hair::kPonytail, Hair::kCurly, Hair::kTopknot, Hair::kBald, Hair::kSwept});
  }
}

void chooseOutfit(Chooser& choose, Design& design, Calling calling) {
  const bool feminine = design.figure.feminine;
  design.sleeves = choose.of({Sleeves::kShort, Sleeves::kLong, Sleeves::kLong});
  design.shoes = choose.of({Shoes::kBoots, Shoes::kBoots, Shoes::kShoes});
  design.belt = choose.percent(65);
  design.gloves = choose.percent(25);
  design.tights = choose.percent(50);
  switch (calling) {
    case Calling::kWarrior:
      design.top = choose.of({Top::kTunic, Top::kLeather, Top::kPlate, Top::kVest});
      design.held = choose.of({Held::kSword, Held::kAxe, Held::kSpear, Held::kMace, Held::kSword});
      if (choose.percent(55)) design.offHand = choose.of({OffHand::kRoundShield, OffHand::kKiteShield});
      design.headgear = choose.of({Headgear::kNone, Headgear::kNone, Headgear::kHelmet, Headgear::kHorned,
                                   Headgear::kHeadband, Headgear::kBandana});
      design.shoes = Shoes::kBoots;
      break;
    case Calling::kKnight:
      design.top = Top::kPlate;
      design.held = choose.of({Held::kSword, Held::kSword, Held::kSpear, Held::kMace});
      design.offHand = choose.of({OffHand::kKiteShield, OffHand::kRoundShield, OffHand::kNone});
      design.headgear = choose.of({Headgear::kGreatHelm, Headgear::kHelmet, Headgear::kNone, Headgear::kTiara});
      design.cape = choose.percent(45);
      break;
    case Calling::kMage:
      design.top = choose.of({Top::kRobe, Top::kRobe, feminine ? Top::kDress : Top::kTunic});
      design.held = choose.of({Held::kStaff, Held::kStaff, Held::kWand, Held::kNone});
      if (choose.percent(35)) design.offHand = choose.of({OffHand::kBook, OffHand::kBook, OffHand::kLantern});
      design.headgear =
          choose.of({Headgear::kWizardHat, Headgear::kWizardHat, Headgear::kHood, Headgear::kNone, Headgear::kTiara});
      design.cape = choose.percent(25);
      design.sleeves = Sleeves::kLong;
      break;
    case Calling::kRanger:
      design.top = choose.of({Top::kTunic, Top::kLeather, Top::kLeather, Top::kShirt});
      design.bow = choose.percent(75);
      design.held = choose.of({Held::kNone, Held::kDagger, Held::kSpear, Held::kNone});
      design.headgear = choose.of({Headgear::kFeatherCap, Headgear::kHood, Headgear::kNone, Headgear::kHeadband});
      design.cape = !design.bow && choose.percent(50);
      design.shoes = Shoes::kBoots;
      design.gloves = choose.percent(60);
      break;
    case Calling::kRogue:
      design.top = choose.of({Top::kLeather, Top::kVest, Top::kShirt, Top::kTunic});
      design.held = choose.of({Held::kDagger, Held::kDagger, Held::kSword, Held::kNone});
      design.headgear = choose.of({Headgear::kHood, Headgear::kBandana, Headgear::kNone, Headgear::kHeadband});
      design.scarf = choose.percent(45);
      design.cape = !design.scarf && choose.percent(30);
      design.gloves = choose.percent(60);
      break;
    case Calling::kVillager:
      design.top = feminine ? choose.of({Top::kDress, Top::kBlouse, Top::kTunic, Top::kDress})
                            : choose.of({Top::kShirt, Top::kTunic, Top::kVest, Top::kShirt});
      design.headgear = choose.of({Headgear::kNone, Headgear::kNone, Headgear::kStrawHat, Headgear::kBandana,
                                   feminine ? Headgear::kFlower : Headgear::kNone});
      design.held = choose.of({Held::kNone, Held::kNone, Held::kNone, Held::kStaff});
      if (choose.oneIn(6)) design.offHand = choose.of({OffHand::kLantern, OffHand::kBook});
      design.scarf = choose.percent(18);
      design.shoes = choose.of({Shoes::kShoes, Shoes::kBoots, Shoes::kBare});
      break;
    case Calling::kNoble:
      design.top = feminine ? choose.of({Top::kDress, Top::kDress, Top::kBlouse})
                            : choose.of({Top::kTunic, Top::kVest, Top::kRobe});
      design.headgear = feminine
                            ? choose.of({Headgear::kTiara, Headgear::kCrown, Headgear::kFlower, Headgear::kNone})
                            : choose.of({Headgear::kCrown, Headgear::kFeatherCap, Headgear::kNone, Headgear::kCrown});
      design.held = choose.of({Held::kNone, Held::kNone, Held::kSword, Held::kWand});
      design.cape = choose.percent(55);
      design.sleeves = Sleeves::kLong;
      break;
    case Calling::kCleric:
      design.top = choose.of({Top::kRobe, Top::kTunic, feminine ? Top::kDress : Top::kPlate});
      design.held = choose.of({Held::kMace, Held::kStaff, Held::kNone});
      design.offHand = choose.of({OffHand::kBook, OffHand::kBook, OffHand::kNone, OffHand::kRoundShield});
      design.headgear = choose.of({Headgear::kNone, Headgear::kNone, Headgear::kHood, Headgear::kTiara});
      design.sleeves = Sleeves::kLong;
      design.trim = RampId::kGold;
      break;
    case Calling::kBarbarian:
      design.top = feminine ? choose.of({Top::kVest, Top::kLeather, Top::kTunic})
                            : choose.of({Top::kBare, Top::kBare, Top::kVest});
      design.sleeves = Sleeves::kNone;
      design.held = choose.of({Held::kAxe, Held::kAxe, Held::kSpear, Held::kMace, Held::kSword});
      design.headgear = choose.of({Headgear::kNone, Headgear::kHeadband, Headgear::kHorned, Headgear::kNone});
      design.bottom = choose.of({Bottom::kTrousers, Bottom::kShorts});
      design.belt = true;
      design.gloves = choose.percent(60);
      break;
  }
}

/// Mends what does not go together.
void settle(Chooser& choose, Design& design) {
  const Hair hair = design.hair;
  const bool tall = hair == Hair::kSpiky || hair == Hair::kMohawk || hair == Hair::kBun || hair == Hair::kCurly ||
                    hair == Hair::kTopknot;
  switch (design.headgear) {
    case Headgear::kNone:
    case Headgear::kHeadband:
    case Headgear::kFlower:
      break;
    default:
      if (tall || (design.headgear == Headgear::kHood && hair == Hair::kSwept))
        design.hair = choose.of({Hair::kShort, Hair::kParted, Hair::kLong});
      if (design.hair == Hair::kSwept) design.hair = Hair::kShort;
  }
  if (design.headgear == Headgear::kHood && design.hair != Hair::kBald) design.hair = Hair::kShort;
  if (design.top == Top::kPlate) {
    design.sleeves = Sleeves::kLong;
    design.bottom = Bottom::kGreaves;
    design.shoes = Shoes::kSabatons;
    design.gloves = true;
    design.belt = false;
  }
  if (design.top == Top::kBlouse) design.bottom = Bottom::kSkirt, design.belt = false;
  if (design.top == Top::kDress && design.sleeves == Sleeves::kNone) design.sleeves = Sleeves::kShort;
  if (design.top == Top::kVest && design.figure.feminine) design.sleeves = choose.of({Sleeves::kShort, Sleeves::kLong});
  if (design.beard == Beard::kLong || design.beard == Beard::kFull) design.scarf = false;
  if (design.held == Held::kSpear || design.held == Held::kStaff) design.bow = false;
}

void addTags(Design& design, Calling calling, const std::string& colours) {
  static constexpr std::string_view kHairs[] = {"bald",   "short-hair", "parted-hair", "swept-hair", "spiky-hair",
                                                "mohawk", "bob",        "long-hair",   "wavy-hair",  "ponytail",
                                                "braids", "bun",        "curly-hair",  "topknot"};
  static constexpr std::string_view kTops[] = {"bare-chest", "tunic",   "shirt", "dress", "robe",
                                               "plate",      "leather", "vest",  "blouse"};
  static constexpr std::string_view kHeads[] = {
      "",           "headband",   "crown",     "circlet",     "hood",    "helmet", "horned-helmet",
      "great-helm", "wizard-hat", "straw-hat", "feather-cap", "bandana", "flower"};
  static constexpr std::string_view kHelds[] = {"", "sword", "staff", "spear", "axe", "mace", "dagger", "wand"};
  static constexpr std::string_view kOffs[] = {"", "round-shield", "kite-shield", "book", "lantern"};
  static constexpr std::string_view kBeards[] = {"", "stubble", "moustache", "goatee", "beard", "long-beard"};
  std::string& tags = design.tags;
  auto tag = [&](std::string_view word) {
    if (word.empty()) return;
    if (!tags.empty()) tags += ' ';
    tags += word;
  };
  tag(kCallings[static_cast<std::size_t>(calling)]);
  tag(design.figure.feminine ? "female" : "male");
  tag(design.figure.name);
  tag(colours);
  if (design.headgear != Headgear::kGreatHelm) {
    tag(kHairs[static_cast<std::size_t>(design.hair)]);
    tag(kBeards[static_cast<std::size_t>(design.beard)]);
    if (design.ears == Ears::kPointed) tag("pointed-ears");
  }
  tag(kTops[static_cast<std::size_t>(design.top)]);
  tag(kHeads[static_cast<std::size_t>(design.headgear)]);
  tag(kHelds[static_cast<std::size_t>(design.held)]);
  tag(kOffs[static_cast<std::size_t>(design.offHand)]);
  if (design.bow) tag("bow");
  if (design.cape) tag("cape");
  if (design.scarf) tag("scarf");
}

}  // namespace

Design designCharacter(std::uint64_t seed, std::uint64_t number) {
  Chooser choose(seed, number);
  Design design;
  const auto calling = static_cast<Calling>(choose.below(std::size(kCallings)));
  chooseBody(choose, design, calling);
  chooseHair(choose, design);
  chooseOutfit(choose, design, calling);
  design.pattern = choose.below(4);
  design.emblem = choose.below(4);
  settle(choose, design);
  const std::string colours = chooseColours(choose, design, calling, number);
  addTags(design, calling, colours);
  return design;
}

}  // namespace loom::starter
