// A small random stream whose whole state can be saved, and whose numbers are the same on every machine and compiler.
#pragma once

#include <cstdint>
#include <string>

namespace loom {

/// PCG32 (O'Neill 2014, "PCG: A Family of Simple Fast Space-Efficient Statistically Good Algorithms").
class RandomStream {
 public:
  /// Streams with the same seed and different `stream` numbers are independent.
  explicit RandomStream(std::uint64_t seed = 0, std::uint64_t stream = 0);

  std::uint32_t next();
  /// Uniform in 0..bound-1 without bias; `bound` must not be 0.
  std::uint32_t below(std::uint32_t bound);
  /// Uniform integer in low..high, both included.
  int between(int low, int high);
  /// Uniform in [0, 1).
  double uniform();
  /// Uniform in [low, high).
  double uniform(double low, double high);
  /// Normal with mean 0 and deviation 1 (Box and Muller 1958).
  double normal();
  bool chance(double probability);

  /// The whole state as text, and back. Throws Error when the text is no state.
  std::string save() const;
  static RandomStream restore(const std::string& state);

 private:
  std::uint64_t m_state = 0;
  std::uint64_t m_increment = 1;
};

}  // namespace loom
