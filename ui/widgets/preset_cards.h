// The presets as cards to choose one from: what it makes, how long it takes here, and which one fits the sprites.
#pragma once

#include <QWidget>
#include <memory>
#include <string>
#include <vector>

#include "core/studio/studio.h"

namespace loom {

/// Exactly one card is chosen (the first, to begin with). Arrow keys move between cards. Below them stands what the
/// card pointed at makes, else the chosen one. As many stand in a row as find room.
class PresetCards : public QWidget {
  Q_OBJECT
 public:
  explicit PresetCards(QWidget* parent = nullptr);
  ~PresetCards() override;

  void setPresets(const std::vector<Preset>& presets);
  std::string current() const;  ///< empty while there are no presets
  void setCurrent(const std::string& name);
  /// Marks one card and says under the cards why it fits. An empty name marks none; `why` is said all the same.
  void setSuggested(const std::string& name, const QString& why);
  /// What is known of the time it takes here: "14 min" on the card, "200 epochs: about 14 min here" below.
  void setEstimate(const std::string& name, const QString& brief, const QString& text);

 Q_SIGNALS:
  void currentChanged(const QString& name);
  void chosenByHand(const QString& name);  ///< by mouse or keyboard, after currentChanged()

 protected:
  void resizeEvent(QResizeEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace loom
