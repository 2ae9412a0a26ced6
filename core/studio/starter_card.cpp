#include "core/studio/starter_card.h"

#include <algorithm>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/limits.h"

namespace loom {
namespace {

std::vector<std::string> textsIn(const Json& json, const char* name) {
  return json.at(name).get<std::vector<std::string>>();
}

StarterCard cardFrom(const Json& json) {
  StarterCard card{.title = json.at("title"),
                   .text = json.at("text"),
                   .licence = json.at("licence"),
                   .data = {},
                   .commands = textsIn(json, "commands"),
                   .seed = json.at("seed"),
                   .measures = {},
                   .weaknesses = textsIn(json, "weaknesses")};
  for (const Json& data : json.at("data")) {
    card.data.push_back({.name = data.at("name"),
                         .licence = data.at("licence"),
                         .source = data.at("source"),
                         .artists = textsIn(data, "artists")});
  }
  for (const Json& measure : json.at("measures")) {
    card.measures.push_back({.name = measure.at("name"), .value = measure.at("value")});
  }
  return card;
}

std::string listed(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

}  // namespace

StarterCard readStarterCard(const std::filesystem::path& file) {
  const Json json = parseJson(readTextFile(file, limits::kMaxJsonBytes), file.string());
  try {
    StarterCard card = cardFrom(json);
    const auto credited = [](const StarterCard::Data& data) { return !data.licence.empty() && !data.artists.empty(); };
    const bool complete = !card.title.empty() && !card.licence.empty() && !card.data.empty();
    if (complete && std::ranges::all_of(card.data, credited)) return card;
  } catch (const Json::exception&) {  // told below
  }
  throw Error("the card " + file.string() + " does not say what weights come with it",
              "install the program again: without it nobody can be credited", file);
}

std::string cardText(const StarterCard& card) {
  std::string text = card.title + "\n" + card.text + "\n\nLicence: " + card.licence + "\n";
  for (const StarterCard::Data& data : card.data) {
    text += "\nData: " + data.name + "\n  licence: " + data.licence + "\n  from: " + data.source + "\n";
    text += "  artists: " + listed(data.artists) + "\n";
  }
  text += "\nTrained by, with seed " + std::to_string(card.seed) + ":\n";
  for (const std::string& command : card.commands) text += "  " + command + "\n";
  if (!card.measures.empty()) text += "\nMeasured:\n";
  for (const StarterCard::Measure& measure : card.measures) text += "  " + measure.name + ": " + measure.value + "\n";
  if (!card.weaknesses.empty()) text += "\nKnown weaknesses:\n";
  for (const std::string& weakness : card.weaknesses) text += "  " + weakness + "\n";
  return text;
}

}  // namespace loom
