// Proves that the harness finds damage: does some between kill and check, and sees whether it is noticed.
#pragma once

#include "tests/trust/world.h"

namespace loom::trust {

/// One line of output for each kind of damage. False when one was not noticed.
bool findsSabotage(World& world);

}  // namespace loom::trust
