// What happens to gradients and weights about an optimiser's step.
#pragma once

#include <torch/nn/module.h>

namespace loom {

/// Switches the gradients of all of a network's weights: a critic that only judges need not be differentiated by them.
void setTrainable(torch::nn::Module& module, bool trainable);
/// Scales all gradients down so that together they are at most `longest` long (Pascanu 2013). 0: nothing happens.
void clipGradients(const torch::nn::Module& module, double longest);
/// Brings every weight into -bound .. bound (Arjovsky 2017). 0: nothing happens.
void clipWeights(const torch::nn::Module& module, double bound);

}  // namespace loom
