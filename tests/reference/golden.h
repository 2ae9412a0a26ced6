// The numbers that Python's torch computed, and how close ours must come.
#pragma once

#include <gtest/gtest.h>
#include <torch/torch.h>

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/tensor_file.h"

namespace loom {

std::filesystem::path goldenFolder();
/// Names, without the ending, of the files whose metadata have `key`.
std::vector<std::string> goldenNames(const std::string& key);
TensorFile golden(const std::string& name);

/// Bytes stand for numbers from -1 to 1; other types for themselves. Throws std::out_of_range when it is missing.
at::Tensor numbersOf(const TensorFile& file, const std::string& name);

/// Every number within `tolerance` times the largest magnitude of the tensor called `name`, or within 1e-5 of it where
/// that is smaller still: a bias before a BatchNorm has a gradient of 0, and rounding gives it another.
void expectClose(const at::Tensor& ours, const TensorFile& file, const std::string& name, double tolerance = 1e-4);

}  // namespace loom
