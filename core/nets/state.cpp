#include "core/nets/state.h"

#include <torch/torch.h>

#include <array>
#include <cstring>
#include <limits>
#include <string_view>
#include <utility>

#include "core/base/error.h"

namespace loom {
namespace {

constexpr std::array<std::pair<at::ScalarType, std::string_view>, 8> kTypes{{{at::kFloat, "F32"},
                                                                             {at::kHalf, "F16"},
                                                                             {at::kBFloat16, "BF16"},
                                                                             {at::kDouble, "F64"},
                                                                             {at::kLong, "I64"},
                                                                             {at::kInt, "I32"},
                                                                             {at::kByte, "U8"},
                                                                             {at::kBool, "BOOL"}}};

std::string shapeText(const at::IntArrayRef& shape) {
  std::string text;
  for (const std::int64_t length : shape) text += (text.empty() ? "" : " x ") + std::to_string(length);
  return text.empty() ? "a single number" : text;
}

template <class Module, class Visit>
void visitState(Module& module, Visit visit) {
  for (auto& item : module.named_parameters()) visit(item.key(), item.value());
  for (auto& item : module.named_buffers()) visit(item.key(), item.value());
}

/// Whether `loaded` has the shape of `target` but for fewer colour channels: a convolution's or its bias's.
bool isPartOf(const at::Tensor& loaded, const at::Tensor& target) {
  constexpr std::int64_t kMostChannels = 4;
  if (loaded.dim() != target.dim() || (loaded.dim() != 4 && loaded.dim() != 1)) return false;
  int grown = 0;
  for (std::int64_t dimension = 0; dimension < target.dim(); ++dimension) {
    const std::int64_t from = loaded.size(dimension), to = target.size(dimension);
    if (from == to) continue;
    if (dimension > 1 || from > to || to > kMostChannels) return false;
    ++grown;
  }
  return grown == 1;
}

/// The part of `target` that has the shape of `loaded`.
at::Tensor partLike(const at::Tensor& loaded, at::Tensor target) {
  for (std::int64_t dimension = 0; dimension < loaded.dim(); ++dimension) {
    target = target.narrow(dimension, 0, loaded.size(dimension));
  }
  return target;
}

}  // namespace

RawTensor toRaw(const at::Tensor& tensor) {
  const at::Tensor plain = tensor.detach().to(at::kCPU).contiguous();
  RawTensor raw;
  for (const auto& [type, name] : kTypes) {
    if (type == plain.scalar_type()) raw.type = name;
  }
  if (raw.type.empty())
    throw Error(std::string("tensors of type ") + c10::toString(plain.scalar_type()) + " are not saved");
  raw.shape = plain.sizes().vec();
  raw.bytes.resize(plain.nbytes());
  if (!raw.bytes.empty()) std::memcpy(raw.bytes.data(), plain.const_data_ptr(), raw.bytes.size());
  return raw;
}

at::Tensor toTensor(const RawTensor& raw) {
  for (const auto& [type, name] : kTypes) {
    if (name != raw.type) continue;
    std::size_t bytes = tensorTypeSize(raw.type);
    for (const std::int64_t length : raw.shape) {
      if (length < 0 || __builtin_mul_overflow(bytes, static_cast<std::size_t>(length), &bytes)) bytes = 0;
    }
    if (bytes != raw.bytes.size()) break;
    at::Tensor tensor = at::empty(raw.shape, type);
    if (bytes > 0) std::memcpy(tensor.mutable_data_ptr(), raw.bytes.data(), bytes);
    return tensor;
  }
  throw Error("a tensor of type " + raw.type + " and shape " + shapeText(raw.shape) + " does not have " +
                  std::to_string(raw.bytes.size()) + " bytes",
              "the file it comes from is damaged");
}

void saveModule(TensorFile& file, const std::string& prefix, const torch::nn::Module& module) {
  visitState(module,
             [&](const std::string& name, const at::Tensor& tensor) { file.tensors[prefix + name] = toRaw(tensor); });
}

void loadModule(const TensorFile& file, const std::string& prefix, torch::nn::Module& module) {
  const torch::NoGradGuard noGrad;
  visitState(module, [&](const std::string& name, at::Tensor& target) {
    const auto found = file.tensors.find(prefix + name);
    if (found == file.tensors.end()) {
      throw Error("the weights lack '" + prefix + name + "'", "the file belongs to another network or is damaged");
    }
    const at::Tensor loaded = toTensor(found->second);
    if (loaded.sizes() != target.sizes()) {
      throw Error("'" + prefix + name + "' is " + shapeText(loaded.sizes()) + " where the network has " +
                      shapeText(target.sizes()),
                  "the file belongs to a network with other settings");
    }
    target.copy_(loaded);
  });
}

int loadModuleWhereItFits(const TensorFile& file, const std::string& prefix, torch::nn::Module& module) {
  const torch::NoGradGuard noGrad;
  int taken = 0;
  visitState(module, [&](const std::string& name, at::Tensor& target) {
    const auto found = file.tensors.find(prefix + name);
    if (found == file.tensors.end()) return;
    const at::Tensor loaded = toTensor(found->second);
    if (loaded.sizes() == target.sizes()) {
      target.copy_(loaded);
    } else if (isPartOf(loaded, target)) {
      partLike(loaded, target).copy_(loaded);
    } else {
      return;
    }
    ++taken;
  });
  return taken;
}

void copyModule(const torch::nn::Module& source, torch::nn::Module& target) {
  const torch::NoGradGuard noGrad;
  const auto parameters = source.named_parameters();
  const auto buffers = source.named_buffers();
  for (auto& item : target.named_parameters()) item.value().copy_(parameters[item.key()]);
  for (auto& item : target.named_buffers()) item.value().copy_(buffers[item.key()]);
}

bool allFinite(const torch::nn::Module& module) {
  const torch::NoGradGuard noGrad;
  bool finite = true;
  visitState(module, [&](const std::string&, const at::Tensor& tensor) {
    if (tensor.is_floating_point()) finite = finite && tensor.isfinite().all().item<bool>();
  });
  return finite;
}

}  // namespace loom
