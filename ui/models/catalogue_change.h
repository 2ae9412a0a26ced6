// A change of the catalogue whose failure is said to the user.
#pragma once

#include "core/base/error.h"
#include "ui/bridge/session.h"

namespace loom {

/// Does `action(Catalogue&)`. False when there is no project, or when it failed; that has then been said.
template <class Action>
bool changeCatalogue(Session& session, const Action& action) {
  if (!session.hasProject()) return false;
  try {
    action(session.catalogue());
  } catch (const Error& error) {
    session.say(QString::fromUtf8(error.what()), QString::fromStdString(error.hint()));
    return false;
  }
  return true;
}

}  // namespace loom
