// Cleaning steps as text, and what they do to a small sprite.
#include "core/image/cleaning.h"
#include "tests/fuzz/bytes.h"
#include "tests/project/sample_sprite.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace loom;
  return fuzzed([&] {
    const CleaningStep step = parseCleaningStep(std::string(fuzzText(fuzzBytes(data, size))));
    const std::string text = cleaningStepText(step);
    require(cleaningStepText(parseCleaningStep(text)) == text);
    clean(sampleSprite(7, 12, 9), step);
  });
}
