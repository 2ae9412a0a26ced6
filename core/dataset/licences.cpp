#include "core/dataset/licences.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>
#include <optional>
#include <regex>
#include <set>
#include <sstream>
#include <string_view>
#include <tuple>

namespace loom {
namespace {

/// Licences that a changed work can be given on under. A bit each.
enum Outcome : unsigned {
  kShareAlike3 = 1,
  kShareAlike4 = 2,
  kGpl2 = 4,
  kGpl3 = 8,
  kNonCommercial = 16,
  kNonCommercialAlike3 = 32,
  kNonCommercialAlike4 = 64,
  kAny = 127
};
constexpr std::array<std::pair<Outcome, const char*>, 7> kNames{{{kShareAlike3, "CC-BY-SA 3.0"},
                                                                 {kShareAlike4, "CC-BY-SA 4.0"},
                                                                 {kGpl2, "GPL-2.0"},
                                                                 {kGpl3, "GPL-3.0"},
                                                                 {kNonCommercial, "CC-BY-NC"},
                                                                 {kNonCommercialAlike3, "CC-BY-NC-SA 3.0"},
                                                                 {kNonCommercialAlike4, "CC-BY-NC-SA 4.0"}}};
constexpr unsigned kForFun = kNonCommercial | kNonCommercialAlike3 | kNonCommercialAlike4;

std::string lowered(const std::string& text) {
  std::string low;
  for (const char letter : text) {
    const bool gap = letter == '_' || letter == '-' || std::isspace(static_cast<unsigned char>(letter)) != 0;
    if (gap && low.ends_with(' ')) continue;
    low += gap ? ' ' : static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
  }
  return low;
}

/// The words of a licence that say something: "cc by sa 3.0" has "sa".
bool has(const std::string& text, const char* word) {
  return std::regex_search(text, std::regex(std::string("(^|[^a-z])") + word + "($|[^a-z])"));
}

/// The first number in it; 0 where there is none.
double versionIn(const std::string& text) {
  std::smatch found;
  return std::regex_search(text, found, std::regex("[0-9]+(\\.[0-9]+)?")) ? std::stod(found.str()) : 0;
}

unsigned creativeCommons(const std::string& text) {
  const bool later = versionIn(text) >= 4;
  if (has(text, "nd") || has(text, "noderivs") || has(text, "noderivatives")) return 0;
  const bool alike = has(text, "sa") || has(text, "sharealike") || text.find("share alike") != std::string::npos;
  const bool forFun = has(text, "nc") || has(text, "noncommercial") || text.find("non commercial") != std::string::npos;
  if (forFun && alike) return later ? kNonCommercialAlike4 : kNonCommercialAlike3 | kNonCommercialAlike4;
  if (forFun) return kForFun;
  if (!alike) return kAny;
  return later ? kShareAlike4 | kGpl3 : kShareAlike3 | kShareAlike4;
}

unsigned gnu(const std::string& text) {
  const bool orLater = text.find('+') != std::string::npos || text.find("later") != std::string::npos;
  if (versionIn(text) >= 3) return kGpl3;
  return orLater || versionIn(text) == 0 ? kGpl2 | kGpl3 : kGpl2;
}

/// What may become of work under one licence; nothing where it is not known.
std::optional<unsigned> outcomesOf(const std::string& licence) {
  const std::string text = lowered(licence);
  static const std::regex kFree(
      "cc ?0|public domain|(^|[^a-z])(oga by|mit|bsd|zlib|apache|unlicense|isc|wtfpl)($|[^a-z])");
  if (std::regex_search(text, kFree)) return kAny;
  if (has(text, "gpl") || has(text, "gplv[23]") || text.find("gnu general public") != std::string::npos) {
    return gnu(text);
  }
  if (has(text, "cc") || text.find("creative commons") != std::string::npos || text.starts_with("by ")) {
    return has(text, "by") || text.find("attribution") != std::string::npos ? std::optional(creativeCommons(text))
                                                                            : std::nullopt;
  }
  return {};
}

/// "A, B and C" apart.
std::vector<std::string> choicesOf(const std::string& licences) {
  static const std::regex kBetween("\\s*(,|;|/|\\||&|\\s(and|or|und|oder)\\s)\\s*");
  std::vector<std::string> all;
  for (std::sregex_token_iterator part(licences.begin(), licences.end(), kBetween, -1), end; part != end; ++part) {
    if (!part->str().empty()) all.push_back(part->str());
  }
  return all;
}

struct Terms {
  std::string licence;
  unsigned outcomes = 0;
};

std::optional<Terms> termsOf(const std::string& licence) {
  // "or later" is no choice between two licences.
  const std::string joined = std::regex_replace(licence, std::regex("[ ,]*(or|and) (any )?later( versions?)?"), "+");
  Terms terms{.licence = licence};
  bool known = false;
  for (const std::string& choice : choicesOf(joined)) {
    const std::optional<unsigned> outcomes = outcomesOf(choice);
    terms.outcomes |= outcomes.value_or(0);
    known |= outcomes.has_value();
  }
  return known ? std::optional(terms) : std::nullopt;
}

/// The first pairs that have nothing in common; of those that conflict only with all others together, all.
std::vector<std::string> conflictsOf(const std::vector<Terms>& all) {
  std::vector<std::string> conflicts;
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (std::size_t k = i + 1; k < all.size(); ++k) {
      if ((all[i].outcomes & all[k].outcomes) == 0) {
        conflicts.push_back(all[i].licence + " and " + all[k].licence + " do not go together in one work.");
      }
    }
  }
  if (!conflicts.empty()) return conflicts;
  std::string list;
  for (const Terms& terms : all) list += (list.empty() ? "" : "; ") + terms.licence;
  return {"These licences do not all go together in one work: " + list + "."};
}

}  // namespace

LicenceReport licencesTogether(std::span<const Credit> credits) {
  LicenceReport report;
  std::set<std::string> seen;
  std::vector<Terms> all;
  unsigned common = kAny;
  for (const Credit& credit : credits) {
    if (!seen.insert(credit.licence).second) continue;
    const std::optional<Terms> terms = termsOf(credit.licence);
    if (!terms) {
      report.unknown.push_back(credit.licence);
    } else if (terms->outcomes == 0) {
      report.conflicts.push_back(credit.licence + " allows no changed works, and what a model draws is one.");
    } else {
      all.push_back(*terms);
      common &= terms->outcomes;
    }
  }
  if (common == 0) std::ranges::move(conflictsOf(all), std::back_inserter(report.conflicts));
  if (!report.conflicts.empty() || common == kAny) return report;
  for (const auto& [outcome, name] : kNames) {
    if ((common & outcome) != 0) report.usable.emplace_back(name);
  }
  report.nonCommercial = (common & ~kForFun) == 0;
  return report;
}

std::vector<Credit> creditsIn(const std::string& text) {
  std::vector<Credit> credits;
  const auto value = [](const std::string& line, const char* key) -> std::optional<std::string> {
    if (!line.starts_with(key)) return {};
    const std::size_t begin = line.find_first_not_of(' ', std::string_view(key).size());
    const std::string found = begin == std::string::npos ? std::string() : line.substr(begin);
    return found == "not known" ? std::string() : found;
  };
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (const auto author = value(line, "Author:")) credits.push_back({.author = *author});
    if (credits.empty()) continue;
    Credit& last = credits.back();
    if (const auto licence = value(line, "Licence:")) last.licence = *licence;
    if (const auto source = value(line, "Source:")) last.source = *source;
    if (const auto sprites = value(line, "Sprites:")) last.sprites = std::atoll(sprites->c_str());
  }
  std::vector<Credit> all;
  for (Credit& credit : credits) {
    const auto same = std::ranges::find_if(all, [&credit](const Credit& other) {
      return std::tie(other.author, other.licence, other.source) ==
             std::tie(credit.author, credit.licence, credit.source);
    });
    if (same == all.end()) {
      all.push_back(std::move(credit));
    } else {
      same->sprites += credit.sprites;
    }
  }
  return all;
}

std::string licenceWarning(const LicenceReport& report) {
  std::string text;
  for (const std::string& conflict : report.conflicts) text += conflict + "\n";
  for (const std::string& licence : report.unknown) {
    text += licence.empty() ? "Some sprites have no licence: ask who made them before you give this on.\n"
                            : "What the licence '" + licence + "' allows is not known here: read it.\n";
  }
  if (report.nonCommercial) text += "Not to be sold, nor used where money is earned.\n";
  return text;
}

}  // namespace loom
