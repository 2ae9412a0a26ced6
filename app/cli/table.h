// Tables for people.
#pragma once

#include <string>
#include <vector>

#include "app/cli/output.h"

namespace loom::cli {

using TableRow = std::vector<std::string>;

/// A line a row, all of as many cells; columns are as wide as they need to be and stand to the right, the last to the
/// left.
void showTable(const std::vector<TableRow>& rows, Output& output);

/// "0.0123"; "-" for what was never a number.
std::string valueText(double value);

}  // namespace loom::cli
