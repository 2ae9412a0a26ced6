// Which row and column of a sheet cells belong to that were drawn or moved by hand.
#pragma once

#include <cstddef>
#include <set>
#include <vector>

#include "core/image/sheet_cuts.h"

namespace loom {

/// Gives the `moved` cells the row in whose height their middle lies, and columns that rise from left to right; one
/// that lies in no row keeps its own, or with `drawn` begins a new one. Then sorts the cells by row and column; `moved`
/// goes along.
void settleCells(std::vector<SheetCell>& cells, std::set<std::size_t>& moved, bool drawn);

}  // namespace loom
