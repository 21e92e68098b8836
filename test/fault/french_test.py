#!/usr/bin/env python3
"""french_test.py JALON: the command line and the console where the locale is French. What each says is compared in
part; how it is written (spaces, apostrophes, nothing left to fill in) is looked at in all of it."""
import re
import socket
import subprocess
from pathlib import Path

from jalon import LOCALE, PROGRAM, Server, clean_environment, folder, main

PACK = Path(__file__).resolve().parents[2] / "packs/carte-performance/pack.yaml"
OK, FAILED, USAGE, DATA = 0, 1, 2, 3
FRENCH = {"LANG": "fr_FR.UTF-8"}
NARROW, WIDE = "\u202f", "\u00a0"
# Addresses, times, and the places that stand before a sentence ("jalon: ", "listen: ", "jalon.conf:4: ").
NOT_PROSE = re.compile(r"(https?|smtps?|postgres(ql)?|mailto|ftp)://\S*|^jalon: (\S+: )*|127\.0\.0\.1:\d+|--\S+|ADRESSE:PORT", re.M)
BADLY_WRITTEN = re.compile(rf"[^{NARROW}][;!?]|[^{WIDE}]:(\s|$)|«[^{WIDE}]|[^{WIDE}]»|'|\.\.\.|\{{[a-z_]+\}}", re.M)


def assert_well_written(text):
    found = BADLY_WRITTEN.search(NOT_PROSE.sub("", text))
    assert not found, f"{found[0]!r} in {text}"


def jalon(*arguments, locale=None, environment=None, given=b""):
    """(exit code, standard output, standard error)."""
    done = subprocess.run([PROGRAM, *arguments], input=given, capture_output=True, timeout=20, check=False,
                          env={**clean_environment(), **(FRENCH if locale is None else locale), **(environment or {})})
    return done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")


def assert_said(code, words, *arguments, **how):
    """The command ends with `code` and says `words`, where a plain space stands for any."""
    got, out, text = jalon(*arguments, **how)
    assert got == code, f"{arguments}: exit {got}, not {code}: {out}{text}"
    assert_well_written(out + text)
    plain = re.sub(f"[{NARROW}{WIDE}]", " ", out + text)
    assert words in plain, f"{arguments}: {words!r} is not in {plain}"
    return out + text


def test_the_locale_decides():
    for french in ({"LANG": "fr"}, {"LANG": "de_DE.UTF-8", "LC_MESSAGES": "fr_CA.UTF-8"}, {"LANG": "C", "LC_ALL": "fr_FR"},
                   {"LANG": "fr_FR.UTF-8", "LC_ALL": "", "LC_MESSAGES": ""}):
        assert "commande inconnue" in jalon("zorg", locale=french)[2], french
    for english in ({}, {"LANG": "C"}, {"LANG": "de_DE.UTF-8"}, {"LANG": "fr", "LC_MESSAGES": "en_GB"},
                    {"LANG": "fr", "LC_MESSAGES": "fr", "LC_ALL": "POSIX"}):
        assert "unknown command" in jalon("zorg", locale=english)[2], english
    assert set(LOCALE) == {"LC_ALL", "LC_MESSAGES", "LANG"}


def test_help_is_french_and_names_stay():
    for arguments in (("help",), ()):
        text = assert_said(OK, "Codes de retour : 0 fait", *arguments)
        for name in ("serve", "demo", "mail", "migrate", "doctor", "backup", "restore", "calc", "pack", "user", "org", "routes", "version", "help"):
            assert f"\n  jalon {name}" in text, name
    for command in ("serve", "demo", "mail", "migrate", "doctor", "user", "org"):
        text = assert_said(OK, "adresse publique du site", command, "--help")
        assert "--base-url URL" in text and "--listen ADRESSE:PORT" in text, text
        assert "SETTING" not in text and "FILE" not in text, text


def test_columns_are_straight():
    lines = [line for line in jalon("serve", "--help")[1].splitlines() if line.startswith("  --")]
    starts = {re.match(r"  --\S+ \S+ +", line).end() for line in lines}
    assert len(lines) > 10 and len(starts) == 1, starts


def test_what_is_not_known_names_the_nearest():
    assert_said(USAGE, "commande inconnue serv ; vouliez-vous dire serve ?", "serv")
    assert_said(USAGE, "réglage inconnu --base-ulr=x ; vouliez-vous dire base-url ?", "serve", "--base-ulr=x")
    assert_said(USAGE, "réglage inconnu --colour=blue\n", "user", "list", "--colour=blue")
    assert_said(USAGE, "réglage inconnu JALON_LOG_LEVLE ; vouliez-vous dire log-level ?", "serve",
                environment={"JALON_LOG_LEVLE": "info"})
    with folder() as top:
        (top / "jalon.conf").write_text("data = a\nbase-ulr = x\nlisten\ndata = b\nconfig = c\n")
        place = f"jalon: {top / 'jalon.conf'}"
        text = assert_said(USAGE, "jalon.conf:2: réglage inconnu base-ulr ; vouliez-vous dire base-url ?", "serve",
                           "--config", str(top / "jalon.conf"))
        for line in (f"{place}:3: listen n’a pas de valeur", f"{place}:4: data est donné deux fois",
                     f"{place}:5: réglage inconnu config{WIDE}: "):
            assert line in text, text


def test_wrong_values_say_what_to_write():
    for words, flag in (("listen: « x » n’est pas une adresse où écouter", "--listen=x"),
                        ("base-url: « ftp://x » n’est pas une adresse qui commence par", "--base-url=ftp://x"),
                        ("base-url: retirez le / final", "--base-url=https://a.example/"),
                        ("base-url: « https://a?b » n’est pas l’adresse d’un site", "--base-url=https://a?b"),
                        ("log-level: « loud » n’est aucun de ces mots : debug, info, warning, error", "--log-level=loud"),
                        ("trusted-proxies: « 10.0.0.1/8 » n’est pas un réseau", "--trusted-proxies=10.0.0.1/8"),
                        ("smtp: écrivez smtp://hôte:port", "--smtp=mail"),
                        ("mail-from: smtp demande l’adresse", "--smtp=smtp://mail.example"),
                        ("aucun fichier ni dossier de ce nom", "--config=/nonexistent"),
                        ("c’est un dossier", "--config=/"),
                        ("--data attend une valeur", "--data")):
        assert_said(USAGE, words, "serve", flag)
    assert_said(USAGE, "argument inattendu maintenant", "serve", "maintenant")
    assert_said(USAGE, "argument inattendu maintenant", "version", "maintenant")
    assert_said(USAGE, "retirez --data=x\n", "demo", "--data=x")
    assert_said(USAGE, "un argument n’est pas de l’UTF-8 valide", "user", "add", b"\xff", "Nom")


def test_accounts_are_managed_in_french():
    with folder() as data:
        at = ("--data", str(data))
        assert_said(USAGE, "jalon: nombre d’arguments incorrect pour add\nutilisation :\n  jalon user add ADRESSE NOM", "user", "add", *at)
        assert_said(USAGE, "jalon: action inconnue lst ; vouliez-vous dire list ?\nutilisation :\n", "user", "lst", *at)
        assert_said(USAGE, "jalon: il manque une action\nutilisation :\n", "user", *at)
        assert_said(USAGE, "nonsense: ce n’est pas une adresse électronique", "user", "add", "nonsense", "Nom", *at)
        assert_said(OK, "/reset/", "user", "add", "claire@example.org", "Claire Renoux", "--admin", *at)
        assert_said(FAILED, "claire@example.org: cette adresse a déjà un compte", "user", "add", "claire@example.org", "B", *at)
        assert_said(FAILED, "aucun compte n’a cette adresse", "user", "disable", "nobody@example.org", *at)
        assert_said(OK, "claire@example.org\tClaire Renoux\tadmin\tpas encore de mot de passe\n", "user", "list", *at)
        assert '"email":"claire@example.org"' in jalon("user", "list", "--json", *at)[1]


def test_organisations_are_refused_in_french():
    with folder() as data:
        at = ("--data", str(data))
        assert jalon("migrate", *at)[0] == OK
        bad = data / "bad.zip"
        bad.write_text("no archive at all")
        assert_said(USAGE, "bad.zip: ce n’est pas une archive ZIP", "org", "import", str(bad), *at)
        assert_said(USAGE, "abc: ce n’est l’identifiant d’aucune organisation", "org", "export", "abc", "x.zip", *at)
        assert_said(FAILED, "cette organisation n’existe pas", "org", "export", "0000000000099", str(data / "x.zip"), *at)
        assert_said(FAILED, "rien n’a été effacé", "org", "erase", "0000000000099", "Belloy", *at)


def test_a_pack_is_checked_in_french():
    good = PACK.read_text("utf-8")
    # (what is changed in the pack that ships, into what, what is said of it)
    changes = (("  minutes:", "  minuts:", "clé inconnue « minuts » ; vouliez-vous dire « minutes » ?"),
               ("format: 1", "format: 2", "4:9: format: attendu : 1 ; trouvé : « 2 »"),
               ("languages: [fr, en]", "languages: fr", "attendu : une liste ; trouvé : une valeur simple"),
               ("  minutes:", "  minutes: [", "il manque une virgule ou « ] »"),
               ("  minutes:", "\tminutes:", "une tabulation ; indentez et séparez avec des espaces (U+0009)"),
               ("format: 1", "format: 1\nformat: 1", "5:1: la clé « format » est donnée deux fois, d’abord ligne 4"))
    with folder() as top:
        path = top / "pack.yaml"
        for old, new, words in changes:
            assert old in good, old
            path.write_text(good.replace(old, new, 1), "utf-8")
            got, out, text = jalon("pack", "check", str(path))
            assert (got, out) == (FAILED, ""), out
            assert_well_written(re.sub(r"^\S+:\d+:\d+: (\S+: )?", "", text, flags=re.M))
            assert words in re.sub(f"[{NARROW}{WIDE}]", " ", text), text
            assert re.match(rf"{re.escape(str(path))}:\d+:\d+: ", text), text


def test_the_calculators_refuse_in_french():
    for calculator, document, said in (
            ("score", "{", "$: ce n’est pas du JSON : le document finit trop tôt, ligne 1, colonne 1\n"),
            ("score", '{"answers":{}}', "$.pack: est obligatoire\n"),
            ("score", '{"pack":"carte-performance","answers":{"zorg":1}}', "$.answers.zorg: cette question n’existe pas\n"),
            ("consolidate", '{"pack":"carte-performance","responses":[]}', "$.responses: doit avoir de 1 à 10000 éléments\n"),
            ("rank", '{"items":["A","A"],"comparisons":3}', "$.items[1]: cet élément figure deux fois\n"
                                                            "$.comparisons: doit être un tableau\n")):
        got, out, text = jalon("calc", calculator, "-", given=document.encode())
        assert (got, out) == (USAGE, ""), (got, out)
        assert_well_written(re.sub(r"^\$\S*: ", "", text, flags=re.M))
        assert re.sub(f"[{NARROW}{WIDE}]", " ", text) == said, text
    assert_said(USAGE, "vouliez-vous dire score ?\nutilisation :\n  jalon calc score|consolidate|quadrant|rank FICHIER|-", "calc", "scor", "x")


def test_the_database_is_looked_at_in_french():
    with folder() as data:
        at = ("--data", str(data))
        assert_said(DATA, "il n’y a pas de base de données", "migrate", "--dry-run", *at)
        (data / "jalon.db").touch()
        assert_said(OK, "le schéma 0 deviendrait le schéma", "migrate", "--dry-run", *at)
        assert_said(FAILED, "décomptes : non vérifiés", "doctor", *at)
        assert_said(OK, "schéma 0 → ", "migrate", *at)
        assert_said(OK, "fichier : intact\ndécomptes : 0 campagne, 0 questionnaire, 0 écart\n", "doctor", *at)
        (data / "jalon.db").write_text("no database at all, but long enough to be looked at as one")
        # What the database says is its own; the sentence around it is not.
        assert "la base de données est inutilisable" in jalon("doctor", *at)[2]
        assert_said(DATA, "data: " + str(data / "jalon.db" / "x") + ": ce n’est pas un dossier", "migrate", "--data",
                    str(data / "jalon.db" / "x"))


def test_the_console_of_a_server_is_french_and_its_log_is_not():
    with folder() as data, Server(data, environment=FRENCH) as server:
        # The first line was read when it started.
        lines = [server.first, server.process.stdout.readline(), server.process.stdout.readline()]
        assert lines[0] == f"Jalon est à l’adresse http://127.0.0.1:{server.port} (Ctrl-C l’arrête)\n", lines
        assert lines[1].startswith("Personne ne l’administre encore"), lines
        assert re.fullmatch(r"  http://127\.0\.0\.1:\d+/setup/[\w-]{22}\n", lines[2]), lines
        assert_well_written("".join(lines))
        server.stop()
        assert "stopping" in server.errors()


def test_a_demonstration_is_shown_in_french():
    process = subprocess.Popen([PROGRAM, "demo", "--listen", "127.0.0.1:0"], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, encoding="utf-8", env={**clean_environment(), **FRENCH})
    try:
        lines = [process.stdout.readline() for _ in range(7)]
        process.terminate()
        errors = process.communicate(timeout=15)[1]
    finally:
        process.kill()
    assert_well_written("".join(lines))
    assert re.match(rf"- Ateliers Brindille{WIDE}: http://", lines[1]), lines
    assert re.fullmatch(rf"Connectez-vous sur http://\S+/sign-in avec le mot de passe \w+{WIDE}:\n", lines[4]), lines
    assert lines[5] == "  camille@demo.example (propriétaire des trois organisations)\n", lines
    assert f"jalon: une démonstration{WIDE}: les données sont fictives" in errors, errors


def test_mail_is_tried_in_french():
    assert_said(USAGE, "smtp n’est pas réglé : rien n’est envoyé, les liens se copient", "mail", "test", "a@example.org")
    assert_said(USAGE, "nobody: ce n’est pas une adresse à laquelle on peut écrire", "mail", "test", "nobody")
    got, out, text = jalon("mail", "test", "a@example.org", "--smtp=smtp://127.0.0.1:9", "--mail-from=jalon@example.org",
                           "--base-url=http://a.example")
    assert (got, out) == (FAILED, f"smtp://127.0.0.1:9 répond{WIDE}:\n"), (got, out)
    assert text.startswith(f"jalon: non envoyé{WIDE}: "), text


def test_a_port_in_use_is_said_in_french():
    with folder() as data, socket.create_server(("127.0.0.1", 0)) as taken:
        assert_said(FAILED, "l’adresse est déjà prise", "serve", f"--data={data}",
                    f"--listen=127.0.0.1:{taken.getsockname()[1]}")


if __name__ == "__main__":
    main(globals())
