// What the turnaround page is made of; for its own sources alone.
#pragma once

#include <QTimer>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "ui/bridge/turnaround_bridge.h"
#include "ui/models/turnaround_editor.h"
#include "ui/pages/turnaround_page.h"
#include "ui/widgets/view_panel.h"

class QGridLayout;
class QHBoxLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QStackedWidget;
class QToolButton;

namespace loom {

class ConfidenceLegend;
class DrawingBar;
class ModelChooser;
class ThumbnailStrip;

struct TurnaroundPage::Impl {
  Impl(TurnaroundPage& owner, Session& shared) : page(owner), session(shared), editor(shared.undoStack()) {}

  // Where everything stands
  void build();
  QWidget* buildEmpty();
  QHBoxLayout* buildTop();
  QHBoxLayout* buildTools();
  QWidget* buildBottom();
  void buildPanels();
  void connectPanel(ViewPanel& panel);
  void addShortcuts();

  // What is drawn
  void connectSession();
  void connectEditing();
  void restart();
  void updateStack();
  void adoptModel(const std::shared_ptr<const Model>& ready);
  void draftChanged();
  void request();
  TurnaroundOptions wayNow() const;
  void takeResult(const TurnResult& result);
  void refresh();
  ViewLook lookOf(int view) const;
  const TurnedView* drawn(int view) const;  ///< null: the view is given, or there is nothing to draw it from
  bool anyGiven() const;
  void say(const Error& error);

  // Views that are given
  void perform(const std::string& view, ViewPanel::Deed deed);
  void openPicture(const std::string& view);
  void paste(const std::string& view);
  void chooseFromDataSet(const std::string& view);
  void drawFromNothing(const std::string& view);
  void giveFiles(const std::string& view, const std::vector<std::filesystem::path>& files);
  void givePicture(const std::string& view, const QImage& picture);
  void giveAwaited();
  void giveSprites(const std::string& view, const std::vector<SpriteId>& ids);
  void give(const std::string& view, std::vector<ViewPicture> pictures, const std::vector<SpriteId>& origins);

  // Drawing
  void beginStroke(int view, QPoint pixel, Qt::KeyboardModifiers modifiers);
  void goOn(int view, const std::vector<PixelPlace>& pixels);
  void paint(int view, const std::vector<PixelPlace>& pixels);
  void pick(int view, QPoint pixel);
  void askAlternatives(int view, QPoint pixel);
  void takeAlternatives(const TurnResult& result);
  void chooseAlternative(int index);
  void forgetAlternatives();
  void showHovered(int view, QPoint pixel, const QColor& colour);

  // Keeping
  SheetCharacter character() const;  ///< every view there is a picture of
  QString madeBy() const;
  void addToDataSet();
  void keep();
  void savePictures();
  void load();
  void save();

  TurnaroundPage& page;
  Session& session;
  TurnaroundEditor editor;

  QStackedWidget* stack = nullptr;
  QLabel* emptyText = nullptr;
  QPushButton* emptyButton = nullptr;
  std::function<void()> emptyDeed;
  ModelChooser* chooser = nullptr;
  QLineEdit* name = nullptr;
  DrawingBar* tools = nullptr;
  QToolButton* confidence = nullptr;
  QToolButton* likeliest = nullptr;
  QGridLayout* panelGrid = nullptr;
  std::vector<ViewPanel*> panels;  ///< by view of the model
  ConfidenceLegend* legend = nullptr;
  QLabel* status = nullptr;
  QLabel* pixelText = nullptr;
  QLabel* alternativesText = nullptr;
  ThumbnailStrip* alternativesStrip = nullptr;
  QPushButton* addButton = nullptr;
  QPushButton* keepButton = nullptr;
  QPushButton* saveButton = nullptr;
  QToolButton* startOverButton = nullptr;

  std::shared_ptr<const Model> model;  ///< the one the service is ready with
  std::vector<SpriteId> awaited;       ///< given as soon as there is a model
  std::vector<TurnedView> made;        ///< the newest answer
  double milliseconds = 0;             ///< that it took
  std::vector<Alternative> offered;    ///< what the strip shows, or will
  std::optional<std::uint64_t> asked;  ///< the request whose answer the strip waits for
  bool painting = false;               ///< the stroke under way is a pencil's or an eraser's
  bool adding = false;                 ///< the next import to finish is the character's
  QTimer saving;                       ///< waits for a pause in the work
  TurnaroundBridge bridge;
};

}  // namespace loom
