// What is said of a composed character: tags, source, credits.
#include <algorithm>
#include <array>
#include <map>

#include "core/dataset/lpc_composer.h"

namespace loom {
namespace {

constexpr int kSolid = 128;  ///< alpha from which a pixel hides what is under it
constexpr int kNoticed = 4;  ///< pixels in all four views from which a part counts as seen

std::string hyphened(std::string text) {
  std::ranges::replace(text, ' ', '-');
  std::ranges::replace(text, '_', '-');
  return text;
}

std::string bodyName(unsigned bodies) {
  using namespace lpc_bodies;
  switch (bodies) {
    case kMale:
      return "male";
    case kFemale:
      return "female";
    case kTeen:
      return "teen";
    case kChild:
      return "child";
    case kMuscular:
      return "muscular";
    case kPregnant:
      return "pregnant";
    default:
      return "person";
  }
}

class Tags {
 public:
  void add(const std::string& word) {
    if (word.empty() || std::ranges::find(m_words, word) != m_words.end()) return;
    m_words.push_back(word);
    m_text += (m_text.empty() ? "" : " ") + word;
  }
  const std::string& text() const { return m_text; }

 private:
  std::vector<std::string> m_words;
  std::string m_text;
};

void addPart(Tags& tags, const LpcPart& part) {
  switch (part.slot) {
    case LpcSlot::kBody:
      tags.add(bodyName(part.bodies));
      tags.add(hyphened(part.skin) + "-skin");
      break;
    case LpcSlot::kHair:
      tags.add(hyphened(part.kind) + "-hair");
      if (!part.variant.empty()) tags.add(hyphened(part.variant) + "-hair");
      break;
    case LpcSlot::kEyes:
      tags.add(hyphened(part.variant.empty() ? part.kind : part.variant) + "-eyes");
      break;
    case LpcSlot::kEars:
    case LpcSlot::kNose:
      tags.add(hyphened(part.kind));
      break;
    case LpcSlot::kHead:
    case LpcSlot::kHairTie:
      break;
    default:
      tags.add(hyphened(part.kind));
      if (!part.variant.empty()) tags.add(hyphened(part.variant + " " + part.kind));
      break;
  }
}

/// How many pixels of each layer lie on top in the standing views.
std::map<int, int> pixelsOnTop(const LpcLibrary& library, const LpcCharacter& character) {
  constexpr std::size_t kSide = LpcLibrary::kCell;
  std::map<int, int> counts;
  const std::vector<int> layers = drawnLayers(library, character);
  for (std::size_t view = 0; view < 4; ++view) {
    std::array<int, kSide * kSide> owner;
    owner.fill(-1);
    for (const int layer : layers) {
      const LpcCell& cell = library.layers()[static_cast<std::size_t>(layer)].standing[view];
      for (int y = 0; y < cell.pixels.height(); ++y) {
        for (int x = 0; x < cell.pixels.width(); ++x) {
          const auto at = static_cast<std::size_t>(cell.y + y) * kSide + static_cast<std::size_t>(cell.x + x);
          if (cell.pixels.at(x, y).a >= kSolid) owner[at] = layer;
        }
      }
    }
    for (const int layer : owner) ++counts[layer];
  }
  return counts;
}

}  // namespace

std::string tagsOf(const LpcLibrary& library, const LpcCharacter& character) {
  const std::map<int, int> onTop = pixelsOnTop(library, character);
  Tags tags;
  for (const int worn : character.worn) {
    if (worn == LpcCharacter::kNothing) continue;
    const LpcPart& part = library.parts()[static_cast<std::size_t>(worn)];
    int seen = 0;
    for (const LpcDraw& draw : part.draws) {
      if (const auto found = onTop.find(draw.layer); found != onTop.end()) seen += found->second;
    }
    if (part.slot == LpcSlot::kBody || seen >= kNoticed) addPart(tags, part);
  }
  return tags.text();
}

std::string sourceOf(const LpcLibrary& library, const LpcCharacter& character) {
  std::string source = library.name() + ":";
  for (const int layer : drawnLayers(library, character)) {
    const std::string& path = library.layers()[static_cast<std::size_t>(layer)].path;
    source += (source.ends_with(':') ? " " : ", ") + path.substr(0, path.find_last_of('.'));
  }
  return source;
}

LpcCredit creditOf(const LpcLibrary& library, const LpcCharacter& character) {
  std::vector<LpcCredit> credits;
  for (const int layer : drawnLayers(library, character)) credits.push_back(library.credit(layer));
  return mergedCredits(credits);
}

}  // namespace loom
