// What training and generation ask of a network, and how one is built from a preset's settings.
//
// A new network is one entry of the registry (network.cpp) over the blocks of blocks.h.
#pragma once

#include <torch/nn/module.h>

#include <memory>
#include <string>
#include <vector>

#include "core/base/settings.h"
#include "core/nets/palette_pointer.h"

namespace loom {

/// Latents to pictures.
class GeneratorNetwork : public torch::nn::Module {
 public:
  /// `latent` N x latent, `view` N indices (int64; ignored, and may be undefined, where the network knows no views)
  /// -> N x channels x size x size in [-1, 1]. `random` draws dropout masks and injected noise in training mode, and
  /// lives on the latent's device; in evaluation mode nothing is drawn.
  virtual at::Tensor forward(const at::Tensor& latent, const at::Tensor& view, at::Generator& random) = 0;
};

/// What a critic says of N pictures.
struct Verdict {
  at::Tensor score;  ///< N logits, real above 0; N x h x w of them from a critic with a spatial score
  at::Tensor views;  ///< N x views logits; undefined for a critic without a view head
};

/// Pictures to verdicts.
class CriticNetwork : public torch::nn::Module {
 public:
  /// `pictures` N x channels x size x size in [-1, 1], all real or all made, since some critics compare those of a
  /// batch; `random` draws dropout masks in training mode.
  virtual Verdict forward(const at::Tensor& pictures, at::Generator& random) = 0;
};

/// What an encoder makes of N pictures.
struct Code {
  at::Tensor mean;         ///< N x latent: the code itself where the encoder is not variational
  at::Tensor logVariance;  ///< N x latent; undefined for a plain encoder
};

/// Pictures to codes, which the generator of the same network turns back into pictures.
class EncoderNetwork : public torch::nn::Module {
 public:
  /// `pictures` N x channels x size x size in [-1, 1]; `random` draws dropout masks in training mode.
  virtual Code forward(const at::Tensor& pictures, at::Generator& random) = 0;
};

/// What a turnaround makes of the views that it sees.
struct TurnaroundMaps {
  at::Tensor queries;   ///< N x views x depth x size x size: what colour each pixel of each view asks for
  at::Tensor features;  ///< the same shape: what each pixel of each seen view is
  /// N x views x twice as many x size x size: what speaks for the colours at each pixel's own place (SamePlaces).
  at::Tensor trust;
};

/// Some views of a character to all of them, by pointing into its palette.
class TurnaroundNetwork : public torch::nn::Module {
 public:
  /// `pictures` N x views x 4 x size x size in [-1, 1], colours multiplied by alpha; `shown` N x views of 0 and 1, or N
  /// x views x size x size where single pixels are: what stands where nothing is shown does not matter. `random` draws
  /// dropout masks in training mode.
  virtual TurnaroundMaps forward(const at::Tensor& pictures, const at::Tensor& shown, at::Generator& random) = 0;
  virtual PalettePointer& pointer() = 0;
};

/// The networks there are, by name.
std::vector<std::string> networkNames();
/// Whether the network is told the view. Throws Error for an unknown network, as those below do.
bool networkKnowsViews(const std::string& network);
/// Whether it makes pictures of latents, whether it can be trained against a critic, and whether it can turn pictures
/// into codes.
bool networkHasGenerator(const std::string& network);
bool networkHasCritic(const std::string& network);
bool networkHasEncoder(const std::string& network);
/// Whether it makes the missing views of characters; it has none of the other parts then.
bool networkHasTurnaround(const std::string& network);
/// On the CPU, channels-last, in training mode, with weights that initialiseWeights has yet to draw. `settings` are the
/// preset's, complete; `views` is how many views there are. Throws Error for settings no network can be built from,
/// and for a network that has no such part.
std::shared_ptr<GeneratorNetwork> makeGenerator(const std::string& network, const Json& settings, int views);
std::shared_ptr<CriticNetwork> makeCritic(const std::string& network, const Json& settings, int views);
std::shared_ptr<EncoderNetwork> makeEncoder(const std::string& network, const Json& settings);
std::shared_ptr<TurnaroundNetwork> makeTurnaround(const std::string& network, const Json& settings, int views);

/// How many trainable numbers a network has.
std::int64_t parameterCount(const torch::nn::Module& module);

}  // namespace loom
