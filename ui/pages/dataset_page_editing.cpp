// What the dataset page's side panels do: clean, label, write the credits.
#include <QFileDialog>
#include <QLocale>
#include <QSettings>
#include <algorithm>

#include "core/base/error.h"
#include "ui/models/cleaning_commands.h"
#include "ui/models/label_summary.h"
#include "ui/models/sprite_commands.h"
#include "ui/pages/dataset_page_parts.h"

namespace loom {
namespace {

constexpr std::size_t kPreviewSet = 64;  // sprites that a preview's shared palette or common canvas is taken from

QString sprites(std::int64_t number) {
  return counted(number, QObject::tr("sprite"), QObject::tr("sprites"));
}

constexpr const char* kStepsKey = "dataset/cleaningSteps";

std::vector<CleaningStep> rememberedSteps() {
  std::vector<CleaningStep> steps;
  const Json saved = Json::parse(QSettings().value(kStepsKey).toString().toStdString(), nullptr, false);
  if (!saved.is_array()) return steps;
  for (const Json& step : saved) {
    try {
      steps.push_back(stepFrom(step));
    } catch (const Error&) {  // somebody wrote into the settings
    }
  }
  return steps;
}

void rememberSteps(const std::vector<CleaningStep>& steps) {
  Json saved = Json::array();
  for (const CleaningStep& step : steps) saved.push_back(toJson(step));
  QSettings().setValue(kStepsKey, QString::fromStdString(saved.dump()));
}

/// What a finished cleaning has to say.
QString summary(const CleaningReport& report) {
  if (report.changed == 0 && report.failed.empty()) return QObject::tr("Nothing had to be changed.");
  QString text = QObject::tr("%1 of %2 changed.").arg(sprites(report.changed), QLocale().toString(report.looked));
  if (!report.failed.empty()) {
    text += QObject::tr(" %1 left as they were: %2.")
                .arg(sprites(static_cast<std::int64_t>(report.failed.size())),
                     QString::fromStdString(report.failed.front().second));
  }
  return text;
}

}  // namespace

void DatasetPage::buildSide() {
  m_impl->details = new SpriteDetails(m_impl->model, m_impl->loader);
  m_impl->cleaning = new CleaningPanel;
  m_impl->cleaning->setSteps(rememberedSteps());
  m_impl->labels = new LabelsPanel;
  m_impl->side = new QTabWidget;
  m_impl->side->setObjectName("datasetSide");
  m_impl->side->setDocumentMode(true);
  m_impl->side->setMinimumWidth(260);
  m_impl->side->addTab(m_impl->details, tr("Details"));
  m_impl->side->addTab(m_impl->cleaning, tr("Clean"));
  m_impl->side->addTab(m_impl->labels, tr("Labels"));
  m_impl->side->setTabToolTip(1, tr("Backgrounds, palettes, size: before and after, and undone at any time"));
  m_impl->side->setTabToolTip(2, tr("Names, tags, author and licence of many sprites at once"));
  m_impl->side->setTabToolTip(0, tr("The sprite large, its views, colours and source"));
  m_impl->side->setCurrentIndex(QSettings().value("dataset/side", 0).toInt());
}

void DatasetPage::connectSide() {
  connect(m_impl->side, &QTabWidget::currentChanged, this, &DatasetPage::followSide);
  connect(m_impl->cleaning, &CleaningPanel::previewWanted, this, &DatasetPage::askPreview);
  connect(&m_impl->preview, &CleaningPreview::arrived, m_impl->cleaning, &CleaningPanel::showAnswer);
  connect(m_impl->cleaning, &CleaningPanel::applyRequested, this, &DatasetPage::applySteps);
  connect(m_impl->cleaning, &CleaningPanel::paletteRequested, this, &DatasetPage::readPalette);
  connect(m_impl->cleaning, &CleaningPanel::doneStepsEdited, this, [this](const Json& steps) {
    const SpriteId id = m_impl->cleaning->sprite();
    if (id != 0) replaySteps(m_impl->session, {id}, tr("step taken back"), [steps](const Json&) { return steps; });
  });
  connect(m_impl->cleaning, &CleaningPanel::revertRequested, this,
          [this] { replaySteps(m_impl->session, selection(), tr("revert"), noSteps); });
  connect(m_impl->labels, &LabelsPanel::fieldEdited, this, [this](SpriteField field, const QString& text) {
    std::string value = text.toStdString();
    if (field == SpriteField::kView) value = parseView(value).value_or(value);
    setSpriteField(m_impl->session, m_impl->labels->sprites(), field, value);
  });
  connect(m_impl->labels, &LabelsPanel::tagsAdded, this, [this](const QString& tags) {
    changeTags(m_impl->session, m_impl->labels->sprites(), tags.toStdString(), {});
  });
  connect(m_impl->labels, &LabelsPanel::tagsRemoved, this, [this](const QString& tags) {
    changeTags(m_impl->session, m_impl->labels->sprites(), {}, tags.toStdString());
  });
  connect(m_impl->labels, &LabelsPanel::creditsRequested, this, &DatasetPage::writeCredits);
  connectEditor();
}

SpriteId DatasetPage::currentSprite() const {
  const std::vector<SpriteId> ids = targets();
  return ids.empty() ? 0 : ids.front();
}

std::vector<SpriteId> DatasetPage::shownSprites() const {
  const SpriteModel& model = m_impl->model;
  std::vector<SpriteId> ids;
  ids.reserve(model.arrangement().rows.size());
  for (const int index : model.arrangement().rows) ids.push_back(model.table().ids[static_cast<std::size_t>(index)]);
  return ids;
}

void DatasetPage::followSide() {
  std::vector<int> indices = m_impl->grid->selection().indices();
  if (m_impl->side->currentWidget() == m_impl->labels) {
    m_impl->labelling.ask([table = m_impl->model.sharedTable(), indices] { return summariseLabels(*table, indices); },
                          [this](const LabelSummary& summary) { m_impl->labels->setSummary(summary); });
  }
  if (m_impl->side->currentWidget() == m_impl->cleaning) {
    const SpriteId id = indices.empty() || !m_impl->session.hasProject()
                            ? 0
                            : m_impl->model.table().ids[static_cast<std::size_t>(indices.front())];
    m_impl->cleaning->setCounts(static_cast<int>(indices.size()), m_impl->model.rowCount());
    m_impl->cleaning->setSprite(id, id == 0 ? Json::array() : m_impl->session.catalogue().steps(id));
  }
}

void DatasetPage::askPreview() {
  const std::vector<int> indices = m_impl->grid->selection().indices();
  if (indices.empty() || !m_impl->session.hasProject()) return;
  const SpriteTable& table = m_impl->model.table();
  CleaningQuestion question{.database = m_impl->session.project().database(),
                            .sprite = table.ids[static_cast<std::size_t>(indices.front())],
                            .steps = m_impl->cleaning->steps()};
  for (const int index : indices) {
    if (question.set.size() == kPreviewSet) break;
    question.set.push_back(table.ids[static_cast<std::size_t>(index)]);
  }
  m_impl->preview.ask(std::move(question));
}

void DatasetPage::applySteps(bool onlySelected) {
  const std::vector<CleaningStep>& steps = m_impl->cleaning->steps();
  rememberSteps(steps);
  cleanSprites(m_impl->session, onlySelected ? selection() : shownSprites(), steps,
               [&session = m_impl->session](const CleaningReport& report) {
                 session.say(summary(report), report.change != 0 ? tr("Ctrl+Z takes it back.") : QString());
               });
}

/// The palette may be a picture of any size.
void DatasetPage::readPalette(int step, const QString& file) {
  struct Outcome {
    Json colours;
    ErrorText error;
  };
  m_impl->palette.ask(
      [path = file.toStdString()] {
        Outcome outcome{Json::array(), {}};
        try {
          for (const Rgba& colour : loom::readPalette(path).colours) outcome.colours.push_back(colourText(colour));
        } catch (...) {
          outcome.error = errorText(std::current_exception());
        }
        return outcome;
      },
      [this, step](const Outcome& outcome) {
        if (outcome.error.what.isEmpty()) return m_impl->cleaning->setPalette(step, outcome.colours);
        m_impl->cleaning->showProblem(tr("%1. %2").arg(outcome.error.what, outcome.error.hint));
      });
}

void DatasetPage::writeCredits() {
  if (!m_impl->session.hasProject()) return;
  const Project& project = m_impl->session.project();
  auto* dialog = new QFileDialog(this, tr("Write the credits"));
  dialog->setObjectName("creditsDialog");
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setAcceptMode(QFileDialog::AcceptSave);
  dialog->setDirectory(QString::fromStdString(project.folder().string()));
  dialog->setDefaultSuffix("txt");
  dialog->selectFile("CREDITS.txt");
  connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) {
    m_impl->session.jobs().run(
        tr("Writing the credits"), this,
        [project = m_impl->session.project(), path = file.toStdString()](JobMonitor&) {
          loom::writeCredits(project, path);
          return true;
        },
        [this, file](bool) { m_impl->session.say(tr("The credits are in %1.").arg(file)); });
  });
  dialog->open();
}

}  // namespace loom
