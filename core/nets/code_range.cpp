#include "core/nets/code_range.h"

#include "core/nets/dcgan.h"

namespace loom {

bool codesAreShares(const EncoderNetwork& encoder) {
  return dynamic_cast<const DcganEncoder*>(&encoder) != nullptr;
}

}  // namespace loom
