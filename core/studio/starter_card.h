// The card of weights that come with the program: what they were made of, by whom, and what they are good for.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace loom {

struct StarterCard {
  struct Data {
    std::string name;
    std::string licence;
    std::string source;  ///< a web address
    std::vector<std::string> artists;
  };
  struct Measure {
    std::string name;  ///< a sentence for people
    std::string value;
  };
  std::string title;    ///< "LPC characters"
  std::string text;     ///< what they make, and how good they are at it, in a few sentences
  std::string licence;  ///< of the weights
  std::vector<Data> data;
  std::vector<std::string> commands;  ///< how they were trained
  std::uint64_t seed = 0;
  std::vector<Measure> measures;
  std::vector<std::string> weaknesses;
};

/// Reads a card, a JSON object of these fields. Throws Error when one is missing or is not what it should be.
StarterCard readStarterCard(const std::filesystem::path& file);
/// The whole card for people to read, a line a fact.
std::string cardText(const StarterCard& card);

}  // namespace loom
