// Keeping, renaming and removing favourites as undo steps over the catalogue.
#pragma once

#include <QString>
#include <cstdint>
#include <vector>

#include "ui/bridge/session.h"
#include "ui/models/character_look.h"

namespace loom {

/// Each changes the catalogue, pushes its undo step, and tells the session; a database that fails is said to the user.
void keepFavourite(Session& session, const CharacterLook& look, const QString& name, const std::string& view);
void renameFavourite(Session& session, std::int64_t id, const QString& before, const QString& after);
void removeFavourites(Session& session, const std::vector<std::int64_t>& ids);

/// The look that was kept; its state has the latent and the settings of that time.
CharacterLook lookOf(const Favourite& favourite);
/// Whether its latent is one of the model's: drawn by the same run, or by the same starter weights.
bool isOf(const Favourite& favourite, const Model& model);

}  // namespace loom
