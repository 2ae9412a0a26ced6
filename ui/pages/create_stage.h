// The middle of the create page: the character large, in all its views, and beside the two it is compared with.
#pragma once

#include <QWidget>
#include <array>
#include <optional>
#include <vector>

#include "ui/models/character_look.h"

class QHBoxLayout;
class QLabel;
class QPushButton;
class QShortcut;
class QToolButton;
class QVBoxLayout;

namespace loom {

class AngleDial;
class SpriteCanvas;
class ThumbnailStrip;
class TurnPlayer;
class ViewCanvas;

class CreateStage : public QWidget {
  Q_OBJECT
 public:
  explicit CreateStage(QWidget* parent = nullptr);

  /// The character being shaped, as newly drawn.
  void setNow(const CharacterLook& look);
  /// Pictures that cannot be drawn anew, until showNow().
  void showKept(const CharacterLook& look, const QString& name);
  /// Turns from A, B or kept pictures back to the character being shaped.
  void showNow();
  void clear();

  const CharacterLook& shown() const;  ///< what the large canvas has (the right one of two)
  std::string viewName() const;        ///< of the chosen view
  Sprite shownSprite() const;          ///< in that view; empty when there is none

  void store(int slot);  ///< 0: A, 1: B; what is shown
  const std::optional<CharacterLook>& stored(int slot) const { return m_slots[static_cast<std::size_t>(slot)]; }
  void toggle();  ///< between A and B
  void setSideBySide(bool both);

  ViewCanvas& canvas() { return *m_canvas; }
  bool showsNow() const { return m_showing == Showing::kNow; }
  /// Tools that stand above the canvas.
  void addTools(QWidget* tools);
  /// Whether the canvas is drawn on: arrow keys and G then belong to that.
  void setDrawing(bool drawing);

 Q_SIGNALS:
  void shownChanged();                                    ///< another look, or another view of it
  void dragRequested(int view);                           ///< that view, out of the window
  void walkRequested();                                   ///< from A to B
  void takeRequested(const loom::CharacterState& state);  ///< go on shaping A or B

 private:
  enum class Showing { kNow, kA, kB, kKept };
  enum class Onion { kOff, kViewBefore, kA };  ///< what shines through the large picture
  void buildBar(QVBoxLayout& layout);
  void buildCompare(QHBoxLayout& bar);
  void buildGroundMenu(QToolButton& button);
  void buildOnionMenu(QToolButton& button);
  void show(Showing showing);
  void refresh();
  void refreshCompare();
  void refreshOnion();
  void showHovered(QPoint pixel, const QColor& colour);
  const CharacterLook& leftLook() const;
  QString captionOf(const CharacterLook& look) const;
  Sprite viewOf(const CharacterLook& look) const;

  ViewCanvas* m_canvas = nullptr;
  SpriteCanvas* m_left = nullptr;  ///< A, side by side
  AngleDial* m_dial = nullptr;
  ThumbnailStrip* m_strip = nullptr;
  TurnPlayer* m_player = nullptr;
  Onion m_onion = Onion::kOff;
  QLabel* m_zoom = nullptr;
  QLabel* m_pixel = nullptr;
  QLabel* m_caption = nullptr;
  QLabel* m_leftCaption = nullptr;
  QPushButton* m_toggle = nullptr;
  QPushButton* m_both = nullptr;
  QPushButton* m_take = nullptr;
  QPushButton* m_walk = nullptr;  ///< while there are A and B
  QShortcut* m_tab = nullptr;
  QToolButton* m_grid = nullptr;
  QVBoxLayout* m_tools = nullptr;
  std::vector<QShortcut*> m_arrows;  ///< they turn the character
  CharacterLook m_now;
  CharacterLook m_kept;
  QString m_keptName;
  std::array<std::optional<CharacterLook>, 2> m_slots;
  Showing m_showing = Showing::kNow;
};

}  // namespace loom
