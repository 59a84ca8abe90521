// SPDX-License-Identifier: Apache-2.0
// Starting at login by a file, in a configuration folder of the test's own.
#include "app/gui/autostart.h"

#include "app/startup/autostart_entry.h"
#include "core/base/file.h"
#include "tests/support/temp_dir.h"

#include <QTest>

#include <filesystem>
#include <memory>

#include <sys/stat.h>
#include <unistd.h>

using weft::StatusCode;
using weft::app::XdgAutostart;
using weft::viewmodels::LoginStanding;

namespace fs = std::filesystem;

class AutostartTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { folder_ = std::make_unique<weft::tests::TempDir>(); }

    void nothingStartsAtFirst() {
        const XdgAutostart autostart(home(), "/usr/bin/weft");

        QVERIFY(autostart.read().value() == LoginStanding{});
        QVERIFY(!fs::exists(home()));
    }

    void turningItOnWritesAFileThatDesktopsRead() {
        XdgAutostart autostart(home(), "/usr/bin/weft");

        QVERIFY(autostart.write(true, true).ok());

        QCOMPARE(
            QString::fromStdString(autostart.file().string()),
            QString::fromStdString((home() / "autostart/net.weft.Weft.desktop").string()));
        QVERIFY(text().find("\nExec=/usr/bin/weft --hidden\n") != std::string::npos);
        const auto standing = autostart.read().value();
        QVERIFY(standing.starts && standing.hidden);
        QVERIFY(standing.otherProgram.isEmpty());
        QVERIFY(autostart.write(true, false).ok());
        QVERIFY(!autostart.read()->hidden);
    }

    void turningItOffRemovesTheFile() {
        XdgAutostart autostart(home(), "/usr/bin/weft");
        QVERIFY(autostart.write(true, false).ok());

        QVERIFY(autostart.write(false, false).ok());
        QVERIFY(!fs::exists(autostart.file()));
        QVERIFY(!autostart.read()->starts);

        // Also when there is none.
        QVERIFY(autostart.write(false, false).ok());
    }

    void aPathWithOddCharactersStartsToo_data() {
        QTest::addColumn<QByteArray>("path");
        for (const char* path :
             {"/home/ada lovelace/weft",
              R"(/opt/"q"/we`f`t)",
              "/opt/$HOME/weft",
              R"(/opt/a\b/weft)",
              "/opt/50%u/weft",
              "/opt/(x)&;|<>~*?#'/weft"}) {
            QTest::newRow(path) << QByteArray(path);
        }
    }
    void aPathWithOddCharactersStartsToo() {
        QFETCH(QByteArray, path);
        XdgAutostart autostart(home(), path.toStdString());

        QVERIFY(autostart.write(true, true).ok());

        const auto entry = weft::app::decodeAutostart(text()).value();
        QVERIFY((entry.command == std::vector<std::string>{path.toStdString(), "--hidden"}));
        QVERIFY(autostart.read()->otherProgram.isEmpty());
    }

    void seesThatTheDesktopTurnedItOff_data() {
        QTest::addColumn<QByteArray>("line");
        QTest::newRow("hidden") << QByteArray("Hidden=true");
        QTest::newRow("GNOME") << QByteArray("X-GNOME-Autostart-enabled=false");
    }
    void seesThatTheDesktopTurnedItOff() {
        QFETCH(QByteArray, line);
        XdgAutostart autostart(home(), "/usr/bin/weft");
        put("[Desktop Entry]\nExec=/usr/bin/weft\n" + line.toStdString() + "\n");

        QVERIFY(autostart.read()->isTurnedOff);
        QVERIFY(!autostart.read()->starts);
        QVERIFY(autostart.write(true, false).ok());

        QVERIFY(autostart.read()->starts);
    }

    void seesThatItStartsSomethingElse() {
        const XdgAutostart autostart(home(), "/usr/bin/weft");
        put("[Desktop Entry]\nExec=/opt/old/weft --hidden\n");

        QCOMPARE(autostart.read()->otherProgram, QStringLiteral("/opt/old/weft"));
        QVERIFY(autostart.read()->starts);
    }

    void saysThatTheFileIsDamaged() {
        const XdgAutostart autostart(home(), "/usr/bin/weft");
        put("not a desktop entry");

        QCOMPARE(autostart.read().status().code(), StatusCode::kInvalidArgument);
        put(std::string(weft::app::kMostAutostartBytes + 1, 'x'));
        QCOMPARE(autostart.read().status().code(), StatusCode::kResourceExhausted);
    }

    void leavesTheOldFileWhenTheProgramCannotBeNamed() {
        put("[Desktop Entry]\nExec=/usr/bin/weft\n");
        const std::string before = text();
        XdgAutostart autostart(home(), "/opt/a=b/weft");

        QCOMPARE(autostart.write(true, false).code(), StatusCode::kInvalidArgument);

        QCOMPARE(text() == before, true);
    }

    void saysThatTheFolderIsReadOnly() {
        if (::geteuid() == 0) {
            QSKIP("root may write everywhere");
        }
        fs::create_directories(home() / "autostart");
        ::chmod((home() / "autostart").c_str(), 0500);
        XdgAutostart autostart(home(), "/usr/bin/weft");

        QCOMPARE(autostart.write(true, false).code(), StatusCode::kPermissionDenied);

        QVERIFY(!autostart.read()->starts);
        ::chmod((home() / "autostart").c_str(), 0700);
    }

    // Holds for root too.
    void saysThatAFileIsInTheWayOfTheFolder() {
        fs::create_directories(home());
        QVERIFY(weft::base::writeFileAtomically(home() / "autostart", "in the way").ok());
        XdgAutostart autostart(home(), "/usr/bin/weft");

        QVERIFY(!autostart.write(true, false).ok());
    }

private:
    fs::path home() const { return folder_->path() / "config"; }
    std::string text() const {
        return weft::base::readFile(home() / "autostart/net.weft.Weft.desktop", 100'000).value();
    }
    void put(const std::string& bytes) const {
        QVERIFY(weft::base::makeFolders(home() / "autostart").ok());
        QVERIFY(weft::base::writeFileAtomically(home() / "autostart/net.weft.Weft.desktop", bytes)
                    .ok());
    }

    std::unique_ptr<weft::tests::TempDir> folder_;
};

QTEST_MAIN(AutostartTest)
#include "autostart_test.moc"
