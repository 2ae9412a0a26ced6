#include "core/nets/network_settings.h"

#include "core/base/error.h"

namespace loom {

SpriteShape spriteShape(const Json& settings) {
  const SpriteShape shape{.size = settings.at("size"), .channels = settings.at("channels")};
  if (shape.size < 16 || shape.size > 128 || shape.size % 16 != 0 || shape.channels < 1 || shape.channels > 4) {
    throw Error("no network makes sprites of " + std::to_string(shape.size) + " pixels and " +
                    std::to_string(shape.channels) + " channels",
                "the size must be from 16 to 128 in steps of 16, the channels 1 to 4");
  }
  return shape;
}

std::int64_t positive(const Json& settings, const char* name) {
  const auto value = settings.at(name).get<std::int64_t>();
  if (value < 1 || value > 65536) throw Error(std::string("'") + name + "' cannot be " + std::to_string(value));
  return value;
}

std::int64_t kernelOf(const Json& settings, std::int64_t fallback) {
  const std::int64_t kernel = settings.value("kernel", fallback);
  if (kernel < 3 || kernel > 7) {
    throw Error("'kernel' cannot be " + std::to_string(kernel), "convolutions are 3 to 7 pixels wide");
  }
  return kernel;
}

double share(const Json& settings, const char* name) {
  const double value = settings.value(name, 0.0);
  if (!(value >= 0 && value <= 1)) {
    throw Error(std::string("'") + name + "' cannot be " + numberText(value), "it is a share, from 0 to 1");
  }
  return value;
}

bool chosen(const Json& settings, const char* name, const std::string& first, const std::string& second,
            const std::string& fallback) {
  const std::string value = settings.value(name, fallback);
  if (value != first && value != second) {
    throw Error(std::string("'") + name + "' cannot be '" + value + "'", "it is '" + first + "' or '" + second + "'");
  }
  return value == first;
}

}  // namespace loom
