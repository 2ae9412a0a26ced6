// The choice of what goes on a sheet: favourites, new characters of a run, or sprites of the data set.
#pragma once

#include <QWidget>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/studio/characters.h"
#include "ui/bridge/session.h"
#include "ui/bridge/sheet_maker.h"

class QButtonGroup;
class QComboBox;
class QLabel;
class QListWidget;
class QListWidgetItem;
class QSpinBox;
class QVBoxLayout;

namespace loom {

class ExportSourcePanel : public QWidget {
  Q_OBJECT
 public:
  explicit ExportSourcePanel(QWidget* parent = nullptr);

  /// New favourites come checked; what was unchecked stays so. Collections have headings that check all of theirs.
  void setFavourites(const std::vector<Favourite>& favourites);
  /// Those that draw new characters are offered, starter weights after the runs.
  void setRuns(const std::vector<RunInfo>& runs, const std::vector<StarterWeights>& starters);
  void setSelection(std::vector<SpriteId> selection);
  void setSpriteCount(std::int64_t sprites);

  /// Favourites when there are some, else new characters when there is a run, else the data set, else new characters of
  /// starter weights: until somebody chooses.
  void chooseForUser();
  /// Another project: nobody has chosen yet.
  void reset();

  SheetSource source() const;  ///< without its revision

  /// Why nothing can be shown, and the page that helps.
  struct Lack {
    QString text;
    QString action;  ///< what the button says; empty: no page helps
    Page page = Page::kCreate;
  };
  std::optional<Lack> lack() const;

 Q_SIGNALS:
  void changed();

 private:
  using Kind = SheetSource::Kind;
  Kind kind() const;
  void setKind(Kind kind);
  void addChoice(QVBoxLayout& layout, Kind kind, const QString& text, const QString& name, QWidget* details);
  QWidget* buildFavourites();
  QWidget* buildGenerated();
  void checkAll(bool checked);
  void addHeading(const QString& text);
  void takeCheck(QListWidgetItem* item);
  void showHeadings();
  void showDetails();

  QButtonGroup* m_choice = nullptr;
  QListWidget* m_favourites = nullptr;
  QWidget* m_favouritesBox = nullptr;
  QWidget* m_generatedBox = nullptr;
  QComboBox* m_run = nullptr;
  QSpinBox* m_count = nullptr;
  QSpinBox* m_seed = nullptr;
  QLabel* m_selectionText = nullptr;
  QLabel* m_everythingText = nullptr;
  std::vector<SpriteId> m_selection;
  std::int64_t m_sprites = 0;
  bool m_hasRuns = false;  ///< of the project's own
  bool m_chosen = false;
};

}  // namespace loom
