// Where a character looks in each of its views, and the order in which a turn goes by them.
#pragma once

#include <string>
#include <vector>

namespace loom {

/// Degrees clockwise from the top, in [0, 360), of each view: back is up, front down, left and right where they are,
/// the diagonals between; views of other names fill the widest gaps, or stand evenly when none is known.
std::vector<double> viewAngles(const std::vector<std::string>& views);

/// The views clockwise from the front (front, left, back, right); without one, from the first clockwise of the top.
std::vector<std::string> turningOrder(const std::vector<std::string>& views);

}  // namespace loom
