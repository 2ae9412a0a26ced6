#include "core/dataset/lpc_composer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "core/base/error.h"
#include "core/image/codec.h"
#include "core/image/edit.h"
#include "tests/base/temp_folder.h"
#include "tests/dataset/made_layers.h"

namespace loom {
namespace {

enum : std::size_t { kBack, kLeft, kFront, kRight };

class LpcComposerTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    s_folder = std::make_unique<TempFolder>();
    JobMonitor monitor;
    s_library = std::make_unique<LpcLibrary>(LpcLibrary::open(putMadeLayers(s_folder->path()), monitor));
  }
  static void TearDownTestSuite() {
    s_library.reset();
    s_folder.reset();
  }

  static const LpcLibrary& library() { return *s_library; }
  static const LpcPart& part(int index) { return library().parts()[static_cast<std::size_t>(index)]; }

  static int find(LpcSlot slot, const std::string& name, unsigned bodies) {
    for (const int index : library().partsOf(slot)) {
      if (part(index).name() == name && (part(index).bodies & bodies) != 0) return index;
    }
    ADD_FAILURE() << "no " << name;
    return LpcCharacter::kNothing;
  }
  static LpcCharacter person(const std::string& skin, unsigned bodies) {
    LpcCharacter character;
    setPart(library(), character, LpcSlot::kBody, find(LpcSlot::kBody, skin, bodies));
    return character;
  }
  /// What came off.
  static std::set<std::string> put(LpcCharacter& character, LpcSlot slot, const std::string& name) {
    const unsigned bodies = part(character.at(LpcSlot::kBody)).bodies;
    std::set<std::string> names;
    for (const int off : setPart(library(), character, slot, find(slot, name, bodies))) names.insert(part(off).name());
    EXPECT_TRUE(isSound(library(), character)) << "after " << name;
    return names;
  }
  static Rgba colour(const std::string& path) {
    for (const MadeLayer& layer : madeLayers()) {
      if (layer.path == path) return layer.colour;
    }
    ADD_FAILURE() << path;
    return {};
  }

  static inline std::unique_ptr<TempFolder> s_folder;
  static inline std::unique_ptr<LpcLibrary> s_library;
};

using Names = std::set<std::string>;
using lpc_bodies::kFemale;
using lpc_bodies::kMale;

TEST_F(LpcComposerTest, DrawsFromTheBackToTheFront) {
  LpcCharacter woman = person("light", kFemale);
  put(woman, LpcSlot::kShirt, "white longsleeve");
  put(woman, LpcSlot::kLegs, "teal pants");
  put(woman, LpcSlot::kArmour, "plate chest");
  put(woman, LpcSlot::kCape, "red cape");
  put(woman, LpcSlot::kClasp, "red capeclip");
  const auto views = composeViews(library(), woman);
  const Sprite& front = views[kFront];
  EXPECT_EQ(front.at(13, 40), colour("behind_body/cape/normal/female/cape_red.png")) << "beside the body";
  EXPECT_EQ(front.at(31, 28), colour("accessories/neck/capeclip/female/capeclip_red.png")) << "over the cape's collar";
  EXPECT_EQ(front.at(25, 27), colour("torso/back/cape/normal/female/cape_red.png")) << "over the plate";
  EXPECT_EQ(front.at(30, 35), colour("torso/plate/chest_female.png")) << "over the shirt";
  EXPECT_EQ(front.at(19, 42), colour("torso/shirts/longsleeve/female/white_longsleeve.png"));
  EXPECT_EQ(front.at(30, 50), colour("legs/pants/female/teal_pants_female.png"));
  EXPECT_EQ(front.at(30, 15), kSkin);
  EXPECT_EQ(views[kBack].at(31, 28), colour("torso/back/cape/normal/female/cape_red.png")) << "no clasp at the back";
  EXPECT_EQ(front.at(1, 1).a, 0);
}

TEST_F(LpcComposerTest, ASheetHoldsTheViewsInItsWalkRows) {
  for (std::uint64_t number = 0; number < 6; ++number) {
    const LpcCharacter character = randomCharacter(library(), 11, number);
    const Sprite sheet = composeSheet(library(), character);
    ASSERT_EQ(sheet.width(), 832);
    ASSERT_EQ(sheet.height(), 1344);
    EXPECT_EQ(sheet.at(100, 10).a, 255) << "other animations are composed as well";
    const auto views = composeViews(library(), character);
    for (int view = 0; view < 4; ++view) {
      EXPECT_EQ(cropped(sheet, {0, 512 + 64 * view, 64, 64}), views[static_cast<std::size_t>(view)]);
    }
  }
}

TEST_F(LpcComposerTest, BlendsHalfTransparentPixelsOnce) {
  const TempFolder folder;
  putFile(folder / "body/male/light.png", layerBytes({"", 20, 10, 10, 10, {200, 100, 0, 255}}));
  putFile(folder / "torso/shirts/male/shade.png", layerBytes({"", 20, 10, 12, 12, {0, 50, 100, 64}}));
  putFile(folder / "belt/male/sash.png", layerBytes({"", 20, 10, 12, 12, {100, 200, 50, 128}}));
  JobMonitor monitor;
  const LpcLibrary layers = LpcLibrary::open(folder.path(), monitor);
  LpcCharacter man;
  for (const LpcSlot slot : {LpcSlot::kBody, LpcSlot::kShirt, LpcSlot::kBelt}) {
    ASSERT_EQ(layers.partsOf(slot).size(), 1U);
    setPart(layers, man, slot, layers.partsOf(slot)[0]);
  }
  const Sprite front = composeViews(layers, man)[kFront];
  // 200*191/255 = 149.8 -> 150, 100*191/255 + 50*64/255 = 87.5, 25.1; then half of it with half of 100, 200, 50.
  const Rgba over = front.at(25, 15);
  EXPECT_EQ(over.a, 255);
  EXPECT_NEAR(over.r, 125, 1);
  EXPECT_NEAR(over.g, 144, 1);
  EXPECT_NEAR(over.b, 38, 1);
  const Rgba loose = front.at(31, 21);  // beside the body: alpha 128 + 64 * 127 / 255
  EXPECT_EQ(loose.a, 160);
  EXPECT_EQ(loose.r, 80);
  EXPECT_EQ(loose.g, 170);
  EXPECT_EQ(loose.b, 60);
}

TEST_F(LpcComposerTest, TakesOffWhatClashes) {
  LpcCharacter woman = person("light", kFemale);
  put(woman, LpcSlot::kShirt, "white longsleeve");
  put(woman, LpcSlot::kLegs, "red pants");
  put(woman, LpcSlot::kArmour, "plate chest");
  EXPECT_EQ(put(woman, LpcSlot::kDress, "underdress"), (Names{"white longsleeve", "red pants", "plate chest"}));
  EXPECT_EQ(put(woman, LpcSlot::kLegs, "dress overskirt"), Names{});
  EXPECT_EQ(put(woman, LpcSlot::kShirt, "maroon longsleeve"), (Names{"underdress", "dress overskirt"}));

  LpcCharacter man = person("dark", kMale);
  put(man, LpcSlot::kWeapon, "dagger");
  EXPECT_EQ(put(man, LpcSlot::kShield, "shield"), Names{});
  EXPECT_EQ(put(man, LpcSlot::kWeapon, "bow"), Names{"shield"}) << "the dagger was replaced";
  EXPECT_EQ(put(man, LpcSlot::kAmmunition, "arrow"), Names{});
  EXPECT_EQ(put(man, LpcSlot::kShield, "shield"), (Names{"bow", "arrow"}));
  put(man, LpcSlot::kMail, "chain mail");
  put(man, LpcSlot::kArmour, "plate chest");
  EXPECT_EQ(put(man, LpcSlot::kJacket, "chain tabard jacket"), Names{"plate chest"});
}

TEST_F(LpcComposerTest, HidesNoHairThatComesOutOfAHat) {
  LpcCharacter man = person("light", kMale);
  put(man, LpcSlot::kHair, "black short");
  EXPECT_EQ(put(man, LpcSlot::kHat, "metal helm"), Names{}) << "short hair fits below";
  EXPECT_EQ(put(man, LpcSlot::kHair, "redhead afro"), Names{"metal helm"});
  EXPECT_EQ(put(man, LpcSlot::kHat, "cloth hood"), Names{"redhead afro"});
  EXPECT_EQ(put(man, LpcSlot::kEars, "light bigears"), Names{"cloth hood"});
}

TEST_F(LpcComposerTest, OffersWhatFitsTheBodyAndHasWhatItNeeds) {
  const auto names = [](LpcSlot slot, const LpcCharacter& character) {
    Names found;
    for (const int index : choices(library(), slot, character)) found.insert(part(index).name());
    return found;
  };
  LpcCharacter man = person("dark", kMale);
  EXPECT_EQ(names(LpcSlot::kEars, man), Names{"dark bigears"}) << "of its own skin";
  EXPECT_EQ(names(LpcSlot::kWeapon, man), (Names{"bow", "dagger"})) << "not the one cut out for bones";
  EXPECT_EQ(names(LpcSlot::kDress, man), Names{});
  EXPECT_EQ(names(LpcSlot::kCape, man), Names{});
  EXPECT_EQ(names(LpcSlot::kAmmunition, man), Names{}) << "no bow yet";
  EXPECT_EQ(names(LpcSlot::kBody, man), (Names{"light", "dark", "skeleton"}));
  put(man, LpcSlot::kWeapon, "bow");
  EXPECT_EQ(names(LpcSlot::kAmmunition, man), Names{"arrow"});
  const LpcCharacter bones = person("skeleton", kMale);
  EXPECT_EQ(names(LpcSlot::kHair, bones), Names{});
  EXPECT_EQ(names(LpcSlot::kBeard, bones), Names{});
  EXPECT_EQ(names(LpcSlot::kWeapon, bones), (Names{"skeleton bow", "dagger"}));
  const LpcCharacter woman = person("light", kFemale);
  EXPECT_EQ(names(LpcSlot::kBeard, woman), Names{});
  EXPECT_EQ(names(LpcSlot::kClasp, woman), Names{}) << "no cape yet";
}

TEST_F(LpcComposerTest, CarriesClothesOverToAnotherBody) {
  LpcCharacter person1 = person("light", kFemale);
  put(person1, LpcSlot::kShirt, "maroon longsleeve");
  put(person1, LpcSlot::kLegs, "red pants");
  put(person1, LpcSlot::kCape, "red cape");
  put(person1, LpcSlot::kClasp, "red capeclip");
  const auto off = setPart(library(), person1, LpcSlot::kBody, find(LpcSlot::kBody, "dark", kMale));
  EXPECT_EQ(off.size(), 2U) << "no cape is drawn for men";
  EXPECT_EQ(part(person1.at(LpcSlot::kShirt)).name(), "maroon longsleeve");
  EXPECT_EQ(part(person1.at(LpcSlot::kShirt)).bodies, kMale);
  EXPECT_EQ(part(person1.at(LpcSlot::kLegs)).bodies, kMale);
  EXPECT_TRUE(isSound(library(), person1));
}

TEST_F(LpcComposerTest, RefusesWhatCannotBeWorn) {
  LpcCharacter man = person("light", kMale);
  EXPECT_THROW(setPart(library(), man, LpcSlot::kBody, LpcCharacter::kNothing), Error);
  EXPECT_THROW(setPart(library(), man, LpcSlot::kDress, find(LpcSlot::kDress, "underdress", kFemale)), Error);
  EXPECT_THROW(setPart(library(), man, LpcSlot::kHat, find(LpcSlot::kLegs, "red pants", kMale)), Error);
  EXPECT_THROW(composeViews(library(), LpcCharacter()), Error);
  EXPECT_THROW(randomCharacter(library(), 1, 1, {.skins = {"plaid"}}), Error);
}

TEST_F(LpcComposerTest, RandomCharactersAreSoundAndComeAgainBySeed) {
  std::map<std::string, int> words;
  std::set<std::uint64_t> pictures;
  for (std::uint64_t number = 0; number < 400; ++number) {
    const LpcCharacter character = randomCharacter(library(), 5, number);
    SCOPED_TRACE("number " + std::to_string(number) + ": " + tagsOf(library(), character));
    EXPECT_TRUE(isSound(library(), character));
    EXPECT_EQ(character, randomCharacter(library(), 5, number));
    EXPECT_TRUE(character.has(LpcSlot::kDress) || (character.has(LpcSlot::kShirt) && character.has(LpcSlot::kLegs)) ||
                character.has(LpcSlot::kShirt));
    pictures.insert(contentHash(composeViews(library(), character)[kFront]));
    for (const std::string& word : lpcWords(tagsOf(library(), character))) ++words[word];
  }
  EXPECT_GT(pictures.size(), 150U) << "few parts, and still many looks";
  EXPECT_NE(randomCharacter(library(), 5, 0), randomCharacter(library(), 6, 0));
  for (const char* word : {"male", "female", "light", "dark", "skeleton", "short", "afro", "dagger", "shield", "cape",
                           "mail", "chest", "helm", "hood", "underdress", "quiver", "beard", "bigears"}) {
    EXPECT_GT(words[word], 0) << word;
  }
}

TEST_F(LpcComposerTest, KeepsToTheOptions) {
  for (std::uint64_t number = 0; number < 100; ++number) {
    const LpcCharacter character = randomCharacter(
        library(), 5, number,
        {.bodies = kFemale, .skins = {"dark"}, .without = {LpcSlot::kCape, LpcSlot::kWeapon, LpcSlot::kDress}});
    EXPECT_EQ(part(character.at(LpcSlot::kBody)).bodies, kFemale);
    EXPECT_EQ(part(character.at(LpcSlot::kBody)).skin, "dark");
    EXPECT_FALSE(character.has(LpcSlot::kCape) || character.has(LpcSlot::kWeapon) || character.has(LpcSlot::kDress));
  }
}

TEST_F(LpcComposerTest, TagsNameWhatIsSeenAndTheSourceWhatIsDrawn) {
  LpcCharacter man = person("light", kMale);
  put(man, LpcSlot::kHair, "black short");
  put(man, LpcSlot::kShirt, "white longsleeve");
  put(man, LpcSlot::kWeapon, "bow");
  EXPECT_EQ(tagsOf(library(), man), "male light-skin short-hair black-hair longsleeve white-longsleeve");
  put(man, LpcSlot::kHat, "metal helm");
  EXPECT_EQ(tagsOf(library(), man), "male light-skin helm metal-helm longsleeve white-longsleeve") << "no hair is seen";
  EXPECT_EQ(sourceOf(library(), man),
            "lpc: body/male/light, torso/shirts/longsleeve/male/white_longsleeve, hair/male/short/black, "
            "head/helms/male/metal_helm_male, weapons/right hand/either/bow");
}

}  // namespace
}  // namespace loom
