#include "ui/pages/split_dialog.h"

#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

#include "ui/bridge/aside.h"
#include "ui/models/split_commands.h"
#include "ui/models/sprite_commands.h"
#include "ui/widgets/silence.h"

namespace loom {

struct SplitDialog::Impl {
  Impl(Session& with, std::shared_ptr<const SpriteTable> of) : session(with), table(std::move(of)) {}

  Session& session;
  std::shared_ptr<const SpriteTable> table;
  SplitSettings before = {}, settings = {};
  bool aligned = false;  ///< near duplicates were looked for
  Aside counting;
  QDoubleSpinBox* percent = nullptr;
  QSpinBox* seed = nullptr;
  QLabel* counts = nullptr;
};

SplitDialog::SplitDialog(Session& session, std::shared_ptr<const SpriteTable> table, QWidget* parent)
    : QDialog(parent), m_impl(std::make_unique<Impl>(session, std::move(table))) {
  setObjectName("splitDialog");
  setAttribute(Qt::WA_DeleteOnClose);
  setWindowTitle(tr("Training and held-out characters"));
  m_impl->before = m_impl->settings = loadSplit(session.catalogue());
  auto* words = new QLabel(
      tr("Held-out characters are kept from training, with all their views, to judge a model by what it has never "
         "seen. Sprites that you add later change nothing for the others."));
  words->setWordWrap(true);
  m_impl->percent = new QDoubleSpinBox;
  m_impl->percent->setObjectName("splitPercent");
  m_impl->percent->setRange(0, 90);
  m_impl->percent->setDecimals(1);
  m_impl->percent->setSuffix(tr(" %"));
  m_impl->percent->setValue(100 * m_impl->settings.fraction);
  m_impl->seed = new QSpinBox;
  m_impl->seed->setObjectName("splitSeed");
  m_impl->seed->setRange(0, 999999);
  m_impl->seed->setToolTip(tr("Another number holds out others"));
  m_impl->seed->setValue(static_cast<int>(m_impl->settings.seed));
  auto* form = new QFormLayout;
  form->addRow(tr("Hold out"), m_impl->percent);
  form->addRow(tr("Choice number"), m_impl->seed);
  m_impl->counts = new QLabel;
  m_impl->counts->setObjectName("splitCounts");
  m_impl->counts->setWordWrap(true);
  m_impl->counts->setMinimumHeight(60);
  auto* align = new QPushButton(tr("Keep near duplicates together"));
  align->setObjectName("alignButton");
  align->setAutoDefault(false);
  align->setToolTip(tr("Characters that are copies of each other go to the same part"));
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
  connect(align, &QPushButton::clicked, this, &SplitDialog::alignDuplicates);
  connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  connect(m_impl->percent, &QDoubleSpinBox::valueChanged, this, &SplitDialog::showCounts);
  connect(m_impl->seed, &QSpinBox::valueChanged, this, &SplitDialog::showCounts);
  auto* layout = new QVBoxLayout(this);
  layout->addWidget(words);
  layout->addLayout(form);
  layout->addWidget(m_impl->counts);
  layout->addWidget(align, 0, Qt::AlignLeft);
  layout->addWidget(buttons);
  resize(460, sizeHint().height());
  showCounts();
}

SplitDialog::~SplitDialog() {
  silence(*this, *this);
}

void SplitDialog::showCounts() {
  m_impl->settings.fraction = m_impl->percent->value() / 100;
  m_impl->settings.seed = static_cast<std::uint64_t>(m_impl->seed->value());
  m_impl->counting.ask(
      [table = m_impl->table, settings = m_impl->settings] { return splitCounts(settings, table->sprites); },
      [this](const SplitCounts& counts) { tell(counts); });
}

void SplitDialog::tell(const SplitCounts& counts) {
  const auto number = [](std::int64_t value) { return QLocale().toString(qint64{value}); };
  QString text = tr("Training: %1 characters, %2 sprites\nHeld out: %3 characters, %4 sprites")
                     .arg(number(counts.trainingCharacters), number(counts.trainingSprites),
                          number(counts.heldOutCharacters), number(counts.heldOutSprites));
  if (!m_impl->settings.pinned.empty()) {
    text += tr("\n%1 are kept where their near duplicates are.")
                .arg(counted(qint64(m_impl->settings.pinned.size()), tr("character"), tr("characters")));
  }
  if (m_impl->settings.pinned.empty() && m_impl->aligned) text += tr("\nNo near duplicates lie in both parts.");
  m_impl->counts->setText(text);
}

void SplitDialog::alignDuplicates() {
  m_impl->session.jobs().run(
      tr("Looking for near duplicates"), this,
      [project = m_impl->session.project(), table = m_impl->table, settings = m_impl->settings](JobMonitor& monitor) {
        const Catalogue catalogue = project.catalogue();
        const auto groups = findNearDuplicates(table->sprites, pixelsFrom(catalogue), monitor);
        return withoutLeaks(settings, table->sprites, groups);
      },
      [this](SplitSettings settings) {
        m_impl->settings.pinned = std::move(settings.pinned);
        m_impl->aligned = true;
        showCounts();
      });
}

void SplitDialog::accept() {
  if (m_impl->settings != m_impl->before) changeSplit(m_impl->session, m_impl->before, m_impl->settings);
  QDialog::accept();
}

}  // namespace loom
