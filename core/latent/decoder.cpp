#include "core/latent/decoder.h"

#include <ATen/CPUGeneratorImpl.h>
#include <torch/torch.h>

#include "core/nets/code_range.h"
#include "core/nets/state.h"

namespace loom {

Decoder::Decoder(const Model& model)
    : m_latent(model.latentSize()),
      m_prior(CodePrior::load(model.weights, m_latent, at::kCPU)),
      m_codesAreShares(m_prior.isThere() && networkHasEncoder(model.network) &&
                       codesAreShares(*makeEncoder(model.network, model.settings))),
      m_network(makeGenerator(model.network, model.settings, static_cast<int>(model.views.size()))),
      m_unused(at::detail::createCPUGenerator(0)) {
  loadModule(model.weights, "generator.", *m_network);
  m_network->eval();
  for (at::Tensor& parameter : m_network->parameters()) parameter.requires_grad_(false);
}

at::Tensor Decoder::pictures(const at::Tensor& latents, const at::Tensor& views) {
  at::Tensor codes = m_prior.codes(latents.reshape({-1, m_latent})).view(latents.sizes());
  if (m_codesAreShares) codes = codes.clamp(0, 1);
  return m_network->forward(codes, views, m_unused);
}

}  // namespace loom
