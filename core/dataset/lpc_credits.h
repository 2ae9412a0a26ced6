// Who drew an LPC layer and under which licence, from the credits that come with the layers.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace loom {

struct LpcCredit {
  std::vector<std::string> authors;
  std::string licence = {};
  bool exact = false;  ///< false: the authors are everyone who may have drawn it
};

class LpcCredits {
 public:
  LpcCredits() = default;
  /// Each text may be empty. `authorsText` is an AUTHORS.txt: names underlined with dashes, below each the names of
  /// layers. `licenceText` is what the other texts (README, COPYING) say; `creditsCsv` the generator's CREDITS.csv with
  /// the columns filename, authors, licenses. Whatever cannot be read, or goes beyond limits.h, is left out: this never
  /// throws.
  LpcCredits(const std::string& authorsText, const std::string& licenceText, const std::string& creditsCsv);

  /// `path` begins with a top folder ("hair/female/long/raven.png"). By path where CREDITS.csv has it; else by the
  /// words of AUTHORS.txt, and everyone it names where those do not settle it.
  LpcCredit of(const std::string& path) const;

  /// Every author of AUTHORS.txt, in its order.
  const std::vector<std::string>& everyone() const { return m_everyone; }

 private:
  /// One line of AUTHORS.txt: what it names and who they are.
  struct Work {
    std::vector<std::vector<std::string>> alternatives;  ///< all words of one of them must be in the path
    std::vector<std::string> bodies;                     ///< "male", "female", …: one of them, if there are any
    std::vector<std::size_t> authors;
  };
  void readAuthors(const std::string& text);
  void readCsv(const std::string& text);
  Work workOf(const std::string& line, std::size_t author, bool animations) const;

  std::vector<std::string> m_everyone;
  std::vector<Work> m_works;
  std::map<std::string, LpcCredit> m_byPath;
  std::string m_licence;
};

/// "Ann, Bob" without repeats, in the order of the credits.
LpcCredit mergedCredits(const std::vector<LpcCredit>& credits);
/// "Ann, Bob".
std::string authorList(const LpcCredit& credit);

}  // namespace loom
