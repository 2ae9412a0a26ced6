// What the create page is made of; for its own sources alone.
#pragma once

#include <QRandomGenerator>
#include <QTimer>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <vector>

#include "core/base/random_stream.h"
#include "ui/models/character_look.h"
#include "ui/pages/create_page.h"

class QCheckBox;
class QDoubleSpinBox;
class QLabel;
class QPushButton;
class QSlider;
class QSpinBox;
class QStackedWidget;
class QTabWidget;

namespace loom {

class CreateDirections;
class CreateHandOff;
class CreateStage;
class CreateTouchUp;
class DirectionsPanel;
class FavouritesShelf;
class FavouritesTray;
class LatentPanel;
class LatentPictures;
class ModelChooser;
class PlacesPanel;
class RampPanel;
class ThumbnailStrip;

struct CreatePage::Impl {
  Impl(CreatePage& owner, Session& shared) : page(owner), session(shared), editor(shared.undoStack()) {}
  ~Impl();

  void build();
  QWidget* buildEmpty();
  QWidget* buildLeft();
  QWidget* buildColours();
  QWidget* buildRight();
  void connectSession();
  void connectEditing();
  void connectKeeping();
  void connectFavourites();
  void addShortcuts();

  void restart();
  void beginCharacter(const CharacterState& fresh);
  void saveCharacter();
  void updateStack();
  void adoptModel(const std::shared_ptr<const Model>& model, const std::vector<int>& order);
  void showState();
  bool recolour();
  /// Whether the model in hand can draw with the colours of that latent.
  bool takesApart(const Latent& colourLatent) const;
  void request();
  void takeResult(const GenerateResult& result);
  void rememberState();

  void chooseDrawing();
  void findFile(const std::filesystem::path& file);
  void find(const Sprite& picture);
  void paste();
  void openMade(const std::vector<CharacterOrigin>& origins, const Sprite& picture);
  bool goOnFrom(const CharacterOrigin& origin);

  QWidget* buildPlaces();
  void connectPlaces();
  void updatePlaces();
  void updateParents();

  void randomise();
  void keep();
  void saveWalk();
  void reloadFavourites();
  void collect(const std::function<bool(const Favourite&)>& chosen, const QString& collection, const QString& text);
  void loadFavourite(qint64 id);
  void showKeptOnly(const Favourite& favourite);

  static constexpr int kTruncationSteps = 100;  ///< of the slider, a unit

  CreatePage& page;
  Session& session;
  CharacterEditor editor;
  RandomStream random{QRandomGenerator::global()->generate64()};

  QStackedWidget* stack = nullptr;
  QLabel* emptyText = nullptr;
  QPushButton* emptyButton = nullptr;
  Page emptyTarget = Page::kTrain;
  ModelChooser* chooser = nullptr;
  QSpinBox* seed = nullptr;
  QSlider* truncation = nullptr;
  QDoubleSpinBox* truncationValue = nullptr;
  QCheckBox* crisp = nullptr;
  QCheckBox* mirrorSides = nullptr;
  LatentPanel* panel = nullptr;
  QTabWidget* tabs = nullptr;
  DirectionsPanel* directionsPanel = nullptr;
  CreateDirections* directions = nullptr;
  RampPanel* colours = nullptr;
  QWidget* borrowed = nullptr;  ///< says that the colours are another character's
  PlacesPanel* places = nullptr;
  LatentPictures* placesPictures = nullptr;
  std::vector<Sprite> drawn;  ///< what the stage shows now, in the model's own colours
  CreateStage* stage = nullptr;
  CreateTouchUp* touchUp = nullptr;
  CreateHandOff* handOff = nullptr;
  QPushButton* touchUpButton = nullptr;
  FavouritesShelf* shelf = nullptr;
  FavouritesTray* tray = nullptr;  ///< on the shelf
  ThumbnailStrip* historyStrip = nullptr;
  QWidget* notice = nullptr;
  QLabel* noticeText = nullptr;
  QPushButton* noticeButton = nullptr;
  QTimer historyTimer;
  QTimer favouritesTimer;
  QTimer saving;  ///< waits for a pause in the work

  std::shared_ptr<const Model> model;             ///< the one the generator is ready with
  std::map<std::uint64_t, CharacterState> asked;  ///< by request: what an answer is the picture of
  CharacterLook now;
  std::deque<CharacterLook> history;  ///< newest first
  std::vector<Favourite> favourites;
  std::optional<CharacterState> noticeState;  ///< what the notice's button loads, with noticeChoice's weights
  ModelChoice noticeChoice;
  bool awaitingModel = false;  ///< the change being told belongs to weights that are still being read
};

}  // namespace loom
