// What is typed into the search field.
#include "core/dataset/sprite_filter.h"
#include "tests/fuzz/bytes.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace loom;
  const std::string text(fuzzText(fuzzBytes(data, size)));
  return fuzzed([&] {
    const SpriteFilter filter = SpriteFilter::parse(text);
    SpriteInfo sprite{.id = 1, .character = "knight", .view = "left", .width = 64, .height = 32, .colours = 12};
    sprite.tags = "red walk";
    require(filter.matches(sprite) == filter.matches(sprite, filterText(sprite)));
    sprite.character = text;
    require(filter.matches(sprite) == filter.matches(sprite, filterText(sprite)));
    require(!filter.empty() || filter.matches(sprite));
  });
}
