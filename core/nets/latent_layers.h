// Networks that take their latent in at more than one place, and may be given another one at each of them.
#pragma once

#include <string>
#include <vector>

namespace loom {

/// What the latent decides at each place it goes in: {"drawing", "colours"} for a network with a palette of its own,
/// one word for all others. Such a network's forward() takes rows of one latent, or of one a place, one after the
/// other. Throws Error for an unknown network.
std::vector<std::string> latentLayers(const std::string& network);

}  // namespace loom
