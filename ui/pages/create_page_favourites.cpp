// Keeping characters and coming back to them.
#include <QLabel>
#include <QPushButton>
#include <algorithm>
#include <utility>

#include "core/base/error.h"
#include "ui/models/favourite_commands.h"
#include "ui/pages/create_directions.h"
#include "ui/pages/create_page_impl.h"
#include "ui/pages/create_stage.h"
#include "ui/pages/model_chooser.h"
#include "ui/widgets/favourites_shelf.h"
#include "ui/widgets/favourites_tray.h"

namespace loom {

void CreatePage::Impl::connectFavourites() {
  connect(&session, &Session::projectChanged, shelf, &FavouritesShelf::restart);
  connect(tray, &FavouritesTray::orderRequested, &page, [this](const std::vector<qint64>& ids) {
    std::vector<std::int64_t> before;  // the same ones as they are now
    for (const Favourite& favourite : favourites) {
      if (std::ranges::find(ids, favourite.id) != ids.end()) before.push_back(favourite.id);
    }
    orderFavourites(session, before, {ids.begin(), ids.end()});
    reloadFavourites();
  });
  connect(shelf, &FavouritesShelf::noteRequested, &page, [this](qint64 id, const QString& note, const QString& tags) {
    const auto found = std::ranges::find(favourites, id, &Favourite::id);
    if (found != favourites.end()) noteFavourite(session, *found, note.toStdString(), tags.toStdString());
  });
  connect(shelf, &FavouritesShelf::collectRequested, &page,
          [this](const std::vector<qint64>& ids, const QString& collection) {
            const auto chosen = [&ids](const Favourite& one) { return std::ranges::find(ids, one.id) != ids.end(); };
            collect(chosen, collection, collection.isEmpty() ? tr("take out of its collection") : tr("collect"));
          });
  connect(shelf, &FavouritesShelf::collectionRenameRequested, &page,
          [this](const QString& before, const QString& after) {
            const auto inside = [name = before.toStdString()](const Favourite& one) { return one.collection == name; };
            collect(inside, after, tr("rename collection"));
          });
  connect(shelf, &FavouritesShelf::collectionDeleteRequested, &page, [this](const QString& name) {
    const auto inside = [name = name.toStdString()](const Favourite& one) { return one.collection == name; };
    collect(inside, {}, tr("delete collection"));
  });
}

void CreatePage::Impl::collect(const std::function<bool(const Favourite&)>& chosen, const QString& collection,
                               const QString& text) {
  std::vector<std::pair<std::int64_t, std::string>> before;
  for (const Favourite& favourite : favourites) {
    if (chosen(favourite)) before.emplace_back(favourite.id, favourite.collection);
  }
  collectFavourites(session, before, collection.toStdString(), text);
}

void CreatePage::Impl::keep() {
  const CharacterLook look = stage->shown();
  if (look.empty()) return;
  int number = 1;
  const auto taken = [&](const std::string& name) {
    return std::ranges::find(favourites, name, &Favourite::name) != favourites.end();
  };
  while (taken(tr("Favourite %1").arg(number).toStdString())) ++number;
  keepFavourite(session, look, tr("Favourite %1").arg(number), stage->viewName(), shelf->collection());
  reloadFavourites();
  tray->scrollToBottom();
}

void CreatePage::Impl::reloadFavourites() {
  favourites.clear();
  try {
    if (session.hasProject()) favourites = session.catalogue().favourites();
  } catch (const Error& error) {
    session.say(QString::fromUtf8(error.what()), QString::fromStdString(error.hint()));
  }
  shelf->setFavourites(favourites);
  directions->setFavourites(favourites);
  updateStack();
}

void CreatePage::Impl::loadFavourite(qint64 id) {
  const auto found = std::ranges::find(favourites, id, &Favourite::id);
  if (found == favourites.end()) return;
  const CharacterLook look = lookOf(*found);
  const QString text = tr("load favourite");
  if (const auto choice = chooser->choiceThatDrew(look)) {
    editor.load(look.state, text, chooser->choice(), *choice);
    stage->showNow();
  } else if (model != nullptr && look.starter.empty() && model->run == look.run && model->step == look.step &&
             std::cmp_equal(look.state.latent.size(), model->latentSize())) {
    editor.load(look.state, text);
    stage->showNow();
  } else {
    showKeptOnly(*found);
  }
}

void CreatePage::Impl::showKeptOnly(const Favourite& favourite) {
  const CharacterLook look = lookOf(favourite);
  const QString name = QString::fromStdString(favourite.name);
  stage->showKept(look, name);
  const auto nearest = chooser->nearestCheckpoint(look.run, look.step);
  noticeState.reset();
  noticeButton->setVisible(nearest && !look.state.latent.empty());
  if (nearest) {
    noticeState = look.state;
    noticeChoice = {look.run, *nearest};
    noticeButton->setText(tr("Shape it with step %1").arg(*nearest));
  }
  const QString gone =
      look.starter.empty()
          ? tr("The weights of run %1, step %2, that drew %3 are not kept").arg(look.run).arg(look.step).arg(name)
          : tr("The starter weights that drew %1 are not those of this version").arg(name);
  const QString why =
      look.state.latent.empty()
          ? tr("%1 is a turnaround and has no sliders: you see its pictures as they were kept.").arg(name)
          : tr("%1: you see its pictures as they were.").arg(gone);
  noticeText->setText(tr("%1 Moving a slider returns to the present character.").arg(why));
  notice->show();
}

}  // namespace loom
