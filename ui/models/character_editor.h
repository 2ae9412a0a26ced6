// The character being shaped on the create page: its latent and how it is generated; every change is an undo step.
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QPointer>
#include <QString>
#include <QUndoStack>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/image/ramps.h"
#include "core/studio/studio.h"
#include "ui/bridge/undo_history.h"

namespace loom {

/// Which weights to generate with.
struct ModelChoice {
  int run = 0;                       ///< 0: of no run
  std::optional<std::int64_t> step;  ///< a checkpoint's; nothing: the newest there are
  std::string starter = {};          ///< the preset of starter weights, instead of a run's
  bool none() const { return run == 0 && starter.empty(); }
  friend bool operator==(const ModelChoice&, const ModelChoice&) = default;
};

struct CharacterState {
  Latent latent;
  std::uint64_t seed = 0;  ///< what the latent was last drawn from
  double truncation = 1;
  bool crispAlpha = true;
  std::vector<RampEdit> colours = {};  ///< done to what the model draws
  Latent colourLatent = {};  ///< of whom the colours are, for a model that takes them apart (latentLayers()); or empty
  TouchUp touchUp = {};      ///< drawn by hand over the views
  bool mirrorSides = false;  ///< views to the right are mirror images of those to the left
  friend bool operator==(const CharacterState&, const CharacterState&) = default;
};

/// What to ask the model for: the latent, with that of the colours behind it where there is one.
Latent wholeLatent(const CharacterState& state);
/// What is shown of what the model draws: recoloured, mirrored where that is wished, with what was drawn by hand over
/// it. drawn[i] shows views[i].
std::vector<Sprite> finished(const std::vector<Sprite>& drawn, std::span<const std::string> views,
                             const CharacterState& state);

/// A drag of one slider, however many moves it has, becomes one undo step; so do key presses shortly after each other.
class CharacterEditor : public QObject {
  Q_OBJECT
 public:
  explicit CharacterEditor(QUndoStack& undo, QObject* parent = nullptr);

  /// Lets the history make these steps again, as long as the editor lives.
  void addKinds(UndoHistory& history);

  const CharacterState& state() const { return m_state; }

  /// Makes the latent fit a model: another size than it has draws it anew from the seed. No undo step.
  void fitTo(int latentSize);
  /// Replaces everything, without an undo step (another project).
  void begin(const CharacterState& state);

  void setValue(int dimension, float value);
  /// Moves the latent along a direction (of length 1) until it stands at `position` on it; locks do not hold here.
  /// Moves of one `slider` are one gesture. A direction of another size is ignored.
  void moveAlong(int slider, const Latent& direction, float position);
  /// Between hold(true) and hold(false) the moves of one slider are one gesture.
  void hold(bool held);
  /// Takes over a latent of the same size; while it is `moving`, as a slider moves, that is one gesture.
  void moveTo(const Latent& latent, const QString& text, bool moving);
  void setTruncation(double truncation);
  void setCrispAlpha(bool crisp);
  /// Takes over one latent a place of the model, one after the other; a single one has its own colours.
  void takeLayers(const Latent& whole, const QString& text);
  void dropColourLatent();
  void setMirrorSides(bool mirrors);
  /// What is painted in one `stroke` is one undo step.
  void paint(const std::string& view, std::span<const PixelPlace> places, Rgba colour, int stroke);
  void restore(const std::string& view, std::span<const PixelPlace> places, int stroke);
  void setTouchUp(const TouchUp& touchUp, const QString& text);
  void setColours(const std::vector<RampEdit>& colours);
  /// Draws anew from `seed` (latent 0 of it, as the command line does) what `locks` leaves open.
  void randomise(std::uint64_t seed, const std::vector<bool>& locks);
  void reset(const std::vector<bool>& locks);
  /// Takes over a whole state; with `from` and `to`, undo and redo also ask for those weights through modelWanted().
  void load(const CharacterState& state, const QString& text, std::optional<ModelChoice> from = {},
            std::optional<ModelChoice> to = {});

 Q_SIGNALS:
  void changed();                                     ///< also by undo and redo
  void modelWanted(const loom::ModelChoice& choice);  ///< before changed()

 private:
  class Command;
  enum class Kind { kOnce, kValue, kDirection, kPlace, kTruncation, kColours, kPaint };
  void push(CharacterState next, const QString& text, Kind kind, int dimension = -1);
  void apply(const CharacterState& state, const std::optional<ModelChoice>& choice);

  QPointer<QUndoStack> m_undo;
  CharacterState m_state;
  QElapsedTimer m_sinceEdit;
  Kind m_lastKind = Kind::kOnce;
  int m_lastDimension = -1;
  int m_gesture = 0;
  bool m_held = false;
};

}  // namespace loom
