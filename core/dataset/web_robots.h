// What a site's robots.txt lets a program fetch (RFC 9309).
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace loom {

/// The rules of one site for one program.
class RobotsRules {
 public:
  RobotsRules() = default;  ///< everything may be fetched
  /// Reads the groups for `product`, or those for "*" where it has none. Takes any bytes; what lies beyond
  /// limits::kMaxRobotsBytes does not count.
  RobotsRules(std::string_view text, std::string_view product);

  /// Whether `path` (percent-encoded, with its query) may be fetched: the longest rule that fits decides, Allow where
  /// two are as long. /robots.txt always may.
  bool allows(std::string_view path) const;
  /// Crawl-delay (no part of the RFC, but widely kept): 0 to 30 seconds.
  std::chrono::milliseconds crawlDelay() const { return m_crawlDelay; }

 private:
  struct Rule {
    std::string pattern;
    bool allow = false;
  };
  struct Group;
  void take(const std::vector<Group>& groups, std::string_view product);

  std::vector<Rule> m_rules;
  std::chrono::milliseconds m_crawlDelay{0};
};

}  // namespace loom
