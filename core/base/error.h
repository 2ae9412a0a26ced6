// The one exception of this program: what happened, what it happened to, and what the user can do about it.
#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>
#include <utility>

namespace loom {

class Error : public std::runtime_error {
 public:
  /// `what` says what happened in a sentence without a full stop; `hint` says what to do (may be empty).
  explicit Error(const std::string& what, std::string hint = {}, std::filesystem::path file = {})
      : std::runtime_error(what), m_hint(std::move(hint)), m_file(std::move(file)) {}

  const std::string& hint() const { return m_hint; }
  const std::filesystem::path& file() const { return m_file; }

 private:
  std::string m_hint;
  std::filesystem::path m_file;
};

/// Thrown at a cancellation point after the user cancelled; nothing went wrong.
class Cancelled : public Error {
 public:
  Cancelled() : Error("cancelled") {}
};

}  // namespace loom
