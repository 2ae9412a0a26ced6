// What is done to favourites: kept, named, noted, collected, put in order and removed, as undo steps over the
// catalogue.
#pragma once

#include <QString>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "ui/bridge/session.h"
#include "ui/models/character_look.h"

namespace loom {

/// Each changes the catalogue, pushes its undo step, and tells the session; a database that fails is said to the user.
void keepFavourite(Session& session, const CharacterLook& look, const QString& name, const std::string& view,
                   const std::string& collection = {});
void renameFavourite(Session& session, std::int64_t id, const QString& before, const QString& after);
void removeFavourites(Session& session, const std::vector<std::int64_t>& ids);
void noteFavourite(Session& session, const Favourite& before, const std::string& note, const std::string& tags);
/// Puts those of `before`, which says where each is now, into a collection, or into none. Those that are there stay.
void collectFavourites(Session& session, const std::vector<std::pair<std::int64_t, std::string>>& before,
                       const std::string& collection, const QString& text);
/// Gives these the order `after` among the places that they have.
void orderFavourites(Session& session, const std::vector<std::int64_t>& before, const std::vector<std::int64_t>& after);

/// Lets the session's history make these steps again.
void addFavouriteKinds(Session& session);

/// A look as it is kept, seen from `view`; its settings hold the whole state but for the latent.
Favourite favouriteOf(const CharacterLook& look, const QString& name, const std::string& view);
/// The look that was kept; its state has the latent and the settings of that time.
CharacterLook lookOf(const Favourite& favourite);
/// Whether its latent is one of the model's: drawn by the same run, or by the same starter weights.
bool isOf(const Favourite& favourite, const Model& model);

}  // namespace loom
