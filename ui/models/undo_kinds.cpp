#include "ui/models/undo_kinds.h"

#include "ui/models/cleaning_commands.h"
#include "ui/models/direction_commands.h"
#include "ui/models/favourite_commands.h"
#include "ui/models/run_commands.h"
#include "ui/models/split_commands.h"
#include "ui/models/sprite_commands.h"

namespace loom {

void addUndoKinds(Session& session) {
  addCleaningKinds(session);
  addDirectionKinds(session);
  addFavouriteKinds(session);
  addRunKinds(session);
  addSplitKinds(session);
  addSpriteKinds(session);
}

}  // namespace loom
