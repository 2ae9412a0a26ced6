#include "core/base/random_stream.h"

#include <cmath>
#include <cstdio>
#include <numbers>

#include "core/base/error.h"

namespace loom {

RandomStream::RandomStream(std::uint64_t seed, std::uint64_t stream) : m_increment((stream << 1U) | 1U) {
  next();
  m_state += seed;
  next();
}

std::uint32_t RandomStream::next() {
  const std::uint64_t old = m_state;
  m_state = old * 6364136223846793005ULL + m_increment;
  const auto shifted = static_cast<std::uint32_t>(((old >> 18U) ^ old) >> 27U);
  const auto turn = static_cast<std::uint32_t>(old >> 59U);
  return (shifted >> turn) | (shifted << ((32U - turn) & 31U));
}

std::uint32_t RandomStream::below(std::uint32_t bound) {
  const std::uint32_t threshold = (0U - bound) % bound;  // values under it would make the first ones likelier
  for (;;) {
    const std::uint32_t value = next();
    if (value >= threshold) return value % bound;
  }
}

int RandomStream::between(int low, int high) {
  return low + static_cast<int>(below(static_cast<std::uint32_t>(high - low) + 1U));
}

double RandomStream::uniform() {
  return static_cast<double>(next()) * 0x1p-32;
}

double RandomStream::uniform(double low, double high) {
  return low + (high - low) * uniform();
}

double RandomStream::normal() {
  const double radius = std::sqrt(-2.0 * std::log(1.0 - uniform()));
  return radius * std::cos(2.0 * std::numbers::pi * uniform());
}

bool RandomStream::chance(double probability) {
  return uniform() < probability;
}

std::string RandomStream::save() const {
  char text[40];
  std::snprintf(text, sizeof text, "%016llx-%016llx", static_cast<unsigned long long>(m_state),
                static_cast<unsigned long long>(m_increment));
  return text;
}

RandomStream RandomStream::restore(const std::string& state) {
  unsigned long long position = 0;
  unsigned long long increment = 0;
  if (state.size() != 33 || std::sscanf(state.c_str(), "%16llx-%16llx", &position, &increment) != 2) {
    throw Error("'" + state + "' is not the state of a random stream", "the file it comes from is damaged");
  }
  RandomStream stream;
  stream.m_state = position;
  stream.m_increment = increment;
  return stream;
}

}  // namespace loom
