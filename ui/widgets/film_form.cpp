#include "ui/widgets/film_form.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QStandardPaths>
#include <array>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/image/edit.h"
#include "ui/widgets/dialog_button.h"
#include "ui/widgets/silence.h"

namespace loom {
namespace {

struct FormatRow {
  AnimationFormat format;
  const char* title;
  const char* ending;
};
constexpr std::array<FormatRow, 4> kFormats{{
    {AnimationFormat::kGif, QT_TRANSLATE_NOOP("loom::FilmForm", "GIF"), "gif"},
    {AnimationFormat::kWebp, QT_TRANSLATE_NOOP("loom::FilmForm", "WebP, every colour"), "webp"},
    {AnimationFormat::kApng, QT_TRANSLATE_NOOP("loom::FilmForm", "APNG, every colour"), "png"},
    {AnimationFormat::kMp4, QT_TRANSLATE_NOOP("loom::FilmForm", "MP4 video"), "mp4"},
}};

const FormatRow& rowOf(int index) {
  return kFormats[static_cast<std::size_t>(index)];
}

}  // namespace

struct FilmForm::Impl {
  QComboBox *format = nullptr, *ground = nullptr;
  QDoubleSpinBox* rate = nullptr;
  QSpinBox* scale = nullptr;
  QLineEdit* out = nullptr;
  QCheckBox* replace = nullptr;
};

FilmForm::FilmForm(const QString& name, QWidget* parent) : QWidget(parent), m_impl(std::make_unique<Impl>()) {
  build();
  restore(name);
  connect(m_impl->format, &QComboBox::currentIndexChanged, this, &FilmForm::adoptFormat);
  connect(m_impl->ground, &QComboBox::currentIndexChanged, this, &FilmForm::changed);
  connect(m_impl->rate, &QDoubleSpinBox::valueChanged, this, &FilmForm::changed);
  connect(m_impl->scale, &QSpinBox::valueChanged, this, &FilmForm::changed);
  connect(m_impl->out, &QLineEdit::textChanged, this, &FilmForm::adoptOut);
  connect(m_impl->replace, &QCheckBox::toggled, this, &FilmForm::changed);
}

FilmForm::~FilmForm() {
  silence(*this, *this);
}

void FilmForm::build() {
  m_impl->format = new QComboBox;
  m_impl->format->setObjectName("filmFormat");
  m_impl->format->setToolTip(tr("MP4 is made by ffmpeg, if that is installed; the others need no other program"));
  for (const FormatRow& row : kFormats) m_impl->format->addItem(tr(row.title));
  m_impl->rate = new QDoubleSpinBox;
  m_impl->rate->setObjectName("filmRate");
  m_impl->rate->setRange(FilmOptions::kSlowest, FilmOptions::kFastest);
  m_impl->rate->setDecimals(1);
  m_impl->rate->setSuffix(tr(" a second"));
  m_impl->scale = new QSpinBox;
  m_impl->scale->setObjectName("filmScale");
  m_impl->scale->setRange(0, limits::kMaxFilmScale);
  m_impl->scale->setSpecialValueText(tr("fitting"));
  m_impl->scale->setSuffix(tr("×"));
  m_impl->scale->setToolTip(tr("How large a pixel becomes; fitting: about 512 pixels for the longer side"));
  m_impl->ground = new QComboBox;
  m_impl->ground->setObjectName("filmGround");
  m_impl->ground->setToolTip(tr("What lies under transparency"));
  m_impl->ground->addItem(tr("Transparent (white in a video)"), QString());
  m_impl->ground->addItem(tr("White"), "#ffffff");
  m_impl->ground->addItem(tr("Black"), "#000000");
  m_impl->ground->addItem(tr("Grey"), "#808080");
  m_impl->ground->addItem(tr("Grass"), "#5a8f3c");
  m_impl->out = new QLineEdit;
  m_impl->out->setObjectName("filmOut");
  m_impl->out->setAccessibleName(tr("File"));
  QPushButton* other = dialogButton(tr("…"), "filmBrowse", tr("Choose where"));
  other->setAccessibleName(tr("Choose where"));
  connect(other, &QPushButton::clicked, this, &FilmForm::browse);
  m_impl->replace = new QCheckBox(tr("Replace a file that is there"));
  m_impl->replace->setObjectName("filmReplace");

  auto* where = new QHBoxLayout;
  where->addWidget(m_impl->out, 1);
  where->addWidget(other);
  auto* form = new QFormLayout(this);
  form->setContentsMargins(0, 0, 0, 0);
  form->addRow(tr("Format"), m_impl->format);
  form->addRow(tr("Frames"), m_impl->rate);
  form->addRow(tr("Scale"), m_impl->scale);
  form->addRow(tr("Ground"), m_impl->ground);
  form->addRow(tr("To"), where);
  form->addRow(QString(), m_impl->replace);
}

void FilmForm::restore(const QString& name) {
  const QSettings settings;
  const int last = static_cast<int>(kFormats.size()) - 1;
  m_impl->format->setCurrentIndex(std::clamp(settings.value("film/format", 0).toInt(), 0, last));
  m_impl->rate->setValue(settings.value("film/rate", FilmOptions::kUsual).toDouble());
  m_impl->scale->setValue(settings.value("film/scale", 0).toInt());
  m_impl->ground->setCurrentIndex(std::max(0, m_impl->ground->findData(settings.value("film/ground").toString())));
  const QString pictures = QStandardPaths::writableLocation(QStandardPaths::PicturesLocation);
  const QDir folder(settings.value("film/folder", pictures).toString());
  m_impl->out->setText(folder.filePath(name + "." + rowOf(m_impl->format->currentIndex()).ending));
}

void FilmForm::remember() const {
  QSettings settings;
  settings.setValue("film/format", m_impl->format->currentIndex());
  settings.setValue("film/rate", m_impl->rate->value());
  settings.setValue("film/scale", m_impl->scale->value());
  settings.setValue("film/ground", m_impl->ground->currentData());
  settings.setValue("film/folder", QFileInfo(m_impl->out->text().trimmed()).absolutePath());
}

void FilmForm::hideRate() {
  static_cast<QFormLayout*>(layout())->setRowVisible(m_impl->rate, false);
}

AnimationFormat FilmForm::format() const {
  return rowOf(m_impl->format->currentIndex()).format;
}

FilmOptions FilmForm::options() const {
  FilmOptions options{.framesPerSecond = m_impl->rate->value()};
  if (m_impl->scale->value() > 0) options.scale = m_impl->scale->value();
  const QString ground = m_impl->ground->currentData().toString();
  if (!ground.isEmpty()) options.background = parseColour(ground.toStdString());
  return options;
}

std::filesystem::path FilmForm::out() const {
  return m_impl->out->text().trimmed().toStdString();
}

bool FilmForm::mayReplace() const {
  return m_impl->replace->isChecked();
}

/// The file follows the format,
void FilmForm::adoptFormat() {
  std::filesystem::path file = out();
  if (!file.empty()) {
    file.replace_extension(rowOf(m_impl->format->currentIndex()).ending);
    const QSignalBlocker quiet(m_impl->out);
    m_impl->out->setText(QString::fromStdString(file.string()));
  }
  Q_EMIT changed();
}

/// and the format the file, once its ending is one.
void FilmForm::adoptOut() {
  try {
    const AnimationFormat wanted = animationFormatOf(out());
    const auto row = std::ranges::find(kFormats, wanted, &FormatRow::format);
    const QSignalBlocker quiet(m_impl->format);
    m_impl->format->setCurrentIndex(static_cast<int>(row - kFormats.begin()));
  } catch (const Error&) {  // being typed
  }
  Q_EMIT changed();
}

void FilmForm::browse() {
  auto* dialog = new QFileDialog(this, tr("The film's file"), m_impl->out->text());
  dialog->setObjectName("filmOutDialog");
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setAcceptMode(QFileDialog::AcceptSave);
  dialog->setNameFilter(tr("Films (*.gif *.webp *.png *.apng *.mp4)"));
  dialog->setOption(QFileDialog::DontConfirmOverwrite);  // this form has a tick for that
  dialog->setDefaultSuffix(rowOf(m_impl->format->currentIndex()).ending);
  connect(dialog, &QFileDialog::fileSelected, m_impl->out, &QLineEdit::setText);
  dialog->open();
}

}  // namespace loom
