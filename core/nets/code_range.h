// Which numbers an encoder's codes are made of.
#pragma once

#include "core/nets/network.h"

namespace loom {

/// Whether the numbers of its codes lie from 0 to 1, because it ends in a sigmoid.
bool codesAreShares(const EncoderNetwork& encoder);

}  // namespace loom
