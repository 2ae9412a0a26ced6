#include "app/cli/table.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace loom::cli {

void showTable(const std::vector<TableRow>& rows, Output& output) {
  std::vector<std::size_t> widths(rows.front().size(), 0);
  for (const TableRow& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  for (const TableRow& row : rows) {
    std::string line;
    for (std::size_t i = 0; i + 1 < row.size(); ++i) line += std::string(widths[i] - row[i].size() + 2, ' ') + row[i];
    output.say(line + "  " + row.back());
  }
}

std::string valueText(double value) {
  if (!std::isfinite(value)) return "-";
  char text[32];
  std::snprintf(text, sizeof text, "%.4g", value);
  return text;
}

}  // namespace loom::cli
