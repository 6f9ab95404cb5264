@echo off
rem For the clerk on Windows: make.bat site, serve, check or new YEAR; started with a double click, it asks which.
rem This file is ASCII; what is said in Chinese stands under [make] of scripts\wording.toml.
setlocal
chcp 65001 >nul
set PYTHONUTF8=1
set ENOUGH="import sys; sys.exit(sys.version_info < (3, 11))"
cd /d "%~dp0"
set CLICKED=
set TASK=%~1
set "YEAR=%~2"
if "%PUBLISHER%"=="" set PUBLISHER=data
if "%OUTPUT%"=="" set OUTPUT=output

set PY=
py -3 -c %ENOUGH% >nul 2>nul && set PY=py -3
if not defined PY python -c %ENOUGH% >nul 2>nul && set PY=python
if not defined PY goto no_python

if "%TASK%"=="" goto ask
:chosen
if "%TASK%"=="site" goto prepare
if "%TASK%"=="serve" goto prepare
if "%TASK%"=="check" goto prepare
if "%TASK%"=="new" goto prepare
call :say usage
set CODE=2
goto end

:ask
set CLICKED=1
call :say menu
choice /c 1234 /n
if errorlevel 4 (set TASK=new) else if errorlevel 3 (set TASK=check) else if errorlevel 2 (set TASK=serve) else (set TASK=site)
if not "%TASK%"=="new" goto chosen
call :say year
set /p "YEAR="
goto chosen

:prepare
rem A changed list of pinned packages makes .venv anew.
fc /b requirements.txt .venv\requirements.txt >nul 2>nul && goto run
call :say setup
if exist .venv rmdir /s /q .venv
%PY% -m venv .venv || goto not_set_up
.venv\Scripts\python -m pip --disable-pip-version-check install -qq --require-hashes -r requirements.txt || goto not_set_up
copy /y requirements.txt .venv\requirements.txt >nul

:run
if "%TASK%"=="site" .venv\Scripts\python -m scripts build --publisher "%PUBLISHER%" --output "%OUTPUT%"
if "%TASK%"=="serve" .venv\Scripts\python -m scripts serve --publisher "%PUBLISHER%" --output "%OUTPUT%"
if "%TASK%"=="check" .venv\Scripts\python -m scripts check --publisher "%PUBLISHER%"
if "%TASK%"=="new" .venv\Scripts\python -m scripts new --publisher "%PUBLISHER%" --year "%YEAR%"
set CODE=%ERRORLEVEL%
goto end

:not_set_up
call :say not_set_up
set CODE=1
goto end

:say
%PY% -c "import sys, tomllib; print(tomllib.load(open('scripts/wording.toml', 'rb'))['make'][sys.argv[1]])" %1
exit /b

:no_python
rem Without Python the sentence is read by PowerShell, which every Windows has.
echo Python 3.11 or newer is needed.
powershell -NoProfile -Command "[Console]::OutputEncoding = [Text.Encoding]::UTF8; (Get-Content -Encoding UTF8 scripts\wording.toml) -match '^no_python = ' -replace '^no_python = .(.*).$', '$1'"
set CODE=1

:end
if defined CLICKED pause
exit /b %CODE%
