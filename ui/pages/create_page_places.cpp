// The tab of the create page that shows what lies around a character.
#include <QSettings>
#include <QTabWidget>
#include <algorithm>

#include "ui/bridge/latent_pictures.h"
#include "ui/models/favourite_commands.h"
#include "ui/pages/create_page_impl.h"
#include "ui/pages/create_stage.h"
#include "ui/pages/model_chooser.h"
#include "ui/widgets/favourites_tray.h"
#include "ui/widgets/latent_panel.h"
#include "ui/widgets/picture_map.h"
#include "ui/widgets/places_panel.h"
#include "ui/widgets/sprite_image.h"

namespace loom {
namespace {

constexpr int kPlacesLane = 8;  // of the generator: behind everything that the artist touches
constexpr int kTogether = 8;    // pictures in one request: a few hundredths of a second

}  // namespace

QWidget* CreatePage::Impl::buildPlaces() {
  places = new PlacesPanel;
  places->setObjectName("placesPanel");
  QSettings settings;
  places->restore(settings);
  placesPictures = new LatentPictures(session.generator(), kPlacesLane, kTogether, &page);
  return places;
}

void CreatePage::Impl::connectPlaces() {
  connect(places, &PlacesPanel::picturesWanted, &page, [this](const std::vector<Latent>& latents) {
    QSettings settings;
    places->save(settings);
    const bool children = places->kind() == PlacesPanel::Kind::kChildren;
    const std::size_t least = model == nullptr ? 0 : static_cast<std::size_t>(model->latentSize());
    if (latents.empty() || least == 0 || latents.front().size() % least != 0) return placesPictures->stop();
    std::vector<Latent> wanted = latents;
    if (const Latent& colours = editor.state().colourLatent; !children && takesApart(colours)) {
      for (Latent& latent : wanted) latent.insert(latent.end(), colours.begin(), colours.end());
    }
    const auto seen = std::ranges::find(model->views, stage->viewName());
    const auto view = seen == model->views.end() ? 0 : static_cast<int>(seen - model->views.begin());
    placesPictures->want(wanted, view, {editor.state().truncation, editor.state().crispAlpha});
  });
  connect(placesPictures, &LatentPictures::made, &page, [this](int index, const Sprite& sprite) {
    const std::vector<Sprite> one = {sprite};
    places->setPicture(index, toImage(recoloured(one, editor.state().colours).front()));
  });
  connect(places, &PlacesPanel::edited, &page,
          [this](const Latent& latent, bool moving) { editor.moveTo(latent, tr("place"), moving); });
  connect(places, &PlacesPanel::bred, &editor, [this](const Latent& whole) { editor.takeLayers(whole, tr("child")); });
  connect(places, &PlacesPanel::dragChanged, &editor, &CharacterEditor::hold);
  connect(&session.generator(), &GeneratorBridge::directionsReady, &page,
          [this](const std::shared_ptr<const Model>& of, const std::vector<Direction>& found) {
            if (model != nullptr && of->run == model->run && of->preset == model->preset) places->setDirections(found);
          });
  connect(tabs, &QTabWidget::currentChanged, &page, [this] { updatePlaces(); });
  connect(tray, &QListWidget::itemSelectionChanged, &page, [this] { updateParents(); });
}

void CreatePage::Impl::updatePlaces() {
  const bool shown = tabs->currentWidget() == places;
  if (!shown) placesPictures->stop();
  if (!shown) places->stopWalk();
  places->setLocks(panel->locks());
  updateParents();
  places->setShown(shown && model != nullptr);
}

void CreatePage::Impl::updateParents() {
  std::vector<Latent> parents;
  for (const std::int64_t id : tray->selectedFavourites()) {
    const auto found = std::ranges::find(favourites, id, &Favourite::id);
    if (found == favourites.end() || model == nullptr || !isOf(*found, *model)) continue;
    const CharacterState state = lookOf(*found).state;
    parents.push_back(takesApart(state.colourLatent) ? wholeLatent(state) : state.latent);
  }
  places->setParents(std::move(parents));
}

}  // namespace loom
