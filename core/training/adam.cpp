#include "core/training/adam.h"

#include <torch/torch.h>

#include "core/base/error.h"
#include "core/nets/state.h"

namespace loom {
namespace {

constexpr double kEpsilon = 1e-8;

void restore(const TensorFile& file, const std::string& name, at::Tensor& target) {
  const auto found = file.tensors.find(name);
  if (found == file.tensors.end()) {
    throw Error("the checkpoint lacks '" + name + "'", "it is damaged or belongs to another network");
  }
  const at::Tensor loaded = toTensor(found->second);
  if (loaded.sizes() != target.sizes()) {
    throw Error("'" + name + "' in the checkpoint has another shape", "it belongs to a network with other settings");
  }
  target.copy_(loaded);
}

}  // namespace

Adam::Adam(const torch::nn::Module& module, const AdamOptions& options) : m_options(options) {
  const torch::NoGradGuard noGrad;
  for (const auto& item : module.named_parameters()) {
    const at::Tensor& parameter = item.value();
    m_slots.push_back({item.key(), parameter, at::zeros_like(parameter), at::zeros_like(parameter)});
  }
  m_step = at::zeros({}, m_slots.empty() ? at::TensorOptions() : m_slots.front().parameter.options().dtype(at::kFloat));
}

void Adam::step() {
  const torch::NoGradGuard noGrad;
  m_step.add_(1);
  std::vector<at::Tensor> parameters, gradients, means, squares;
  for (const Slot& slot : m_slots) {
    const at::Tensor& gradient = slot.parameter.grad();
    if (!gradient.defined()) continue;
    parameters.push_back(slot.parameter);
    // The kernel walks the raw memory of all four, so they must lie alike.
    gradients.push_back(
        gradient.strides() == slot.parameter.strides() ? gradient : at::empty_like(slot.parameter).copy_(gradient));
    means.push_back(slot.mean);
    squares.push_back(slot.square);
  }
  if (parameters.empty()) return;
  const std::vector<at::Tensor> steps(parameters.size(), m_step);
  at::_fused_adam_(parameters, gradients, means, squares, {}, steps, m_options.rate, m_options.beta1, m_options.beta2,
                   /*weight_decay=*/0, kEpsilon, /*amsgrad=*/false, /*maximize=*/false);
}

void Adam::clearGradients() {
  for (Slot& slot : m_slots) slot.parameter.mutable_grad().reset();
}

void Adam::save(TensorFile& file, const std::string& prefix) const {
  file.tensors[prefix + "step"] = toRaw(m_step);
  for (const Slot& slot : m_slots) {
    file.tensors[prefix + slot.name + ".exp_avg"] = toRaw(slot.mean);
    file.tensors[prefix + slot.name + ".exp_avg_sq"] = toRaw(slot.square);
  }
}

void Adam::load(const TensorFile& file, const std::string& prefix) {
  const torch::NoGradGuard noGrad;
  restore(file, prefix + "step", m_step);
  for (Slot& slot : m_slots) {
    restore(file, prefix + slot.name + ".exp_avg", slot.mean);
    restore(file, prefix + slot.name + ".exp_avg_sq", slot.square);
  }
}

}  // namespace loom
