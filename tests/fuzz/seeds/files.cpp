// Seeds for what reads whole files: tables, archives, tensors, the manifest of a fetch.
#include <fstream>

#include "core/base/tensor_file.h"
#include "core/dataset/web_manifest.h"
#include "tests/dataset/made_csv.h"
#include "tests/dataset/made_files.h"
#include "tests/fuzz/seeds/seeds.h"

namespace loom {
namespace {

void putTables(Seeds& seeds) {
  const std::vector<Sprite> sprites{sampleSprite(1, 3, 3), sampleSprite(2, 3, 3), sampleSprite(3, 3, 3)};
  const std::vector<std::string> labels{"left", "a \"knight\", red", "7"};
  const std::string nothingKnown(4, '\0');
  for (const char* separator : {",", ";", "\t", "  "}) {
    for (const MadeHeader header : {MadeHeader::kNone, MadeHeader::kNames, MadeHeader::kCounted}) {
      for (int channels = 1; channels <= 4; ++channels) {
        MadeCsv made{.separator = separator, .header = header, .channels = channels};
        made.lineEnd = channels == 2 ? "\r\n" : channels == 3 ? "\r" : "\n";
        made.label = channels % 3 - 1;
        made.planar = channels == 4;
        made.unit = channels == 2;
        made.decimalComma = made.unit && made.separator == ";";
        made.quoted = channels == 1;
        const std::vector<std::string> plain{"left", "front", "right"};
        seeds.put("csv", nothingKnown + madeCsv(made, sprites, made.separator == "," ? plain : labels));
      }
    }
  }
  seeds.put("csv", std::string("\2\3\1\5", 4) + "1,2,3,4,5,6\n9,8,7,6,5,4\n\n1,x,3,4,5,6\n");
}

void putArchives(Seeds& seeds) {
  const std::string png = pngBytes(3);
  const std::vector<std::pair<std::string, std::string>> files{{"left/knight.png", png}, {"../out.png", png},
                                                               {"read me.txt", "hello"}, {"table.csv", "1,2,3,4\n"},
                                                               {"__MACOSX/._x.png", ""}, {"k\xC3\xB6nig\\1.png", png}};
  for (const ArchiveKind kind : {ArchiveKind::kZip, ArchiveKind::kTarGz, ArchiveKind::kSevenZip}) {
    putArchive(seeds.next("archive"), kind, files);
    putArchive(seeds.next("archive"), kind, {files.front()});
    putArchive(seeds.next("archive"), kind, {});
  }
  putArchive(seeds.next("archive"), ArchiveKind::kZip, files, "secret");
}

RawTensor tensorOf(const std::string& type, const std::vector<std::int64_t>& shape) {
  std::size_t elements = 1;
  for (const std::int64_t length : shape) elements *= static_cast<std::size_t>(length);
  return {type, shape, std::vector<std::byte>(elements * tensorTypeSize(type), std::byte{7})};
}

}  // namespace

void putFileSeeds(Seeds& seeds) {
  putTables(seeds);
  putArchives(seeds);
  saveTensorFile(seeds.next("tensor_file"), {});
  saveTensorFile(seeds.next("tensor_file"), {{{"generator.a", tensorOf("F32", {2, 3})},
                                              {"generator.b", tensorOf("I64", {})},
                                              {"critic.c", tensorOf("BF16", {0, 5})},
                                              {"critic.d", tensorOf("BOOL", {3})}},
                                             {{"step", "12"}, {"settings", "{\"lr\":0.0002}"}}});
  const std::filesystem::path manifest = seeds.next("web_manifest");
  const std::filesystem::path folder = manifest.parent_path();
  WebManifest fetched(folder);
  WebManifest::Entry& done = fetched.entry("https://example.org/knight.png", "knight.png");
  done.bytes = 640;
  done.done = true;
  fetched.entry("https://example.org/archer.png", "left/archer.png").tag = "\"abc\"";
  fetched.save();
  std::filesystem::rename(folder / ".web-fetch.json", manifest);
}

}  // namespace loom
